import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import about from '../../../package.json' with { type: 'json' };
import { processTerminal } from './terminal.ts';

/** Beside the bundle (out/main) lies what the build made; from the source it is where the build would put it. */
function findStaticFolder(): string | null {
  const folders = ['..', '../../../out'].map((relative) => fileURLToPath(new URL(relative, import.meta.url)));
  return folders.find((folder) => existsSync(join(folder, 'static-manifest.json'))) ?? null;
}

// A reader that stops early (`chancery ... | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const args = process.argv.slice(2);
if (args.length === 1 && args[0] === '--version') process.stdout.write(`${about.version}\n`);
else {
  const { run } = await import('./run.ts');
  process.exitCode = await run(args, {
    terminal: processTerminal(),
    version: about.version,
    staticFolder: findStaticFolder(),
  });
}
