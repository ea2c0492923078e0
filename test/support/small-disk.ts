import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Takes all the space that is left. */
  fill(): void;
  /** Gives the space back. */
  free(): void;
  unmount(): void;
}

/** A file system in memory of so many MiB, or why there is none: mounting is for root on Linux. */
export function mountSmallDisk(sizeMiB: number): SmallDisk | string {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m,mode=700`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    return `No small disk can be mounted here: ${mounted.error?.message ?? mounted.stderr.toString().trim()}`;
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a');
      try {
        const block = Buffer.alloc(4096);
        while (statfsSync(folder).bavail > 0) writeSync(file, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    unmount() {
      // Lazily, since a process that ends may hold a file for a moment longer.
      spawnSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
