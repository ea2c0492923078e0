import { existsSync, readFileSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRoot } from '../../scripts/launch/root.mjs';
import { type BenchCase, lessIsBetter } from './result.ts';

const bytesPerMiB = 1024 * 1024;

/** What has to be there to run the console: packages, Node's runtime and what was built, against Node alone. */
export const installedSize: BenchCase = {
  name: 'installed-size',
  measure: async () => {
    const folders = [...runtimePackages(), 'out'].map((folder) => fromRoot(folder));
    return lessIsBetter('MiB', await sizeOf(folders), await sizeOf([process.execPath]), 0.5);
  },
};

/** The whole tree of a clone with the tools to build and test it, against Node alone. */
export const installedTree: BenchCase = {
  name: 'installed-tree',
  measure: async () => {
    const folders = [fromRoot('node_modules'), fromRoot('out')];
    return lessIsBetter('MiB', await sizeOf(folders), await sizeOf([process.execPath]), 0.1);
  },
};

function runtimePackages(): string[] {
  const { packages } = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(
      ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && existsSync(fromRoot(path)),
    )
    .map(([path]) => path);
}

async function sizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(bytesBelow));
  return sizes.reduce((sum, size) => sum + size, 0) / bytesPerMiB;
}

async function bytesBelow(path: string): Promise<number> {
  const stats = await lstat(path);
  if (!stats.isDirectory()) return stats.size;
  const names = await readdir(path);
  const sizes = await Promise.all(names.map((name) => bytesBelow(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
