/**
 * The build: main and renderer by electron-vite, the files of the API reference, and the manifest that says
 * which static files exist. Its invariant: out/.stamp is there only after a whole build, and its time is the
 * build's beginning, so that what changed meanwhile counts as stale. Nothing goes to stdout.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'electron-vite';
import { sayWhy } from '../launch/child.mjs';
import { buildStamp } from '../launch/freshness.mjs';
import { root } from '../launch/root.mjs';
import { copyReference } from './copy-reference.ts';
import { hashInputs } from './hash-inputs.ts';
import { writeStaticManifest } from './static-manifest.ts';

process.chdir(root);
const begun = new Date();
const hash = await hashInputs();
const isSame =
  process.argv.includes('--stale-only') &&
  existsSync(buildStamp) &&
  (await readFile(buildStamp, 'utf8')) === hash;

if (!isSame) {
  await rm(buildStamp, { force: true });
  await build({ logLevel: 'warn', ignoreConfigWarning: true }).catch(fail);
  await copyReference();
  await writeStaticManifest();
  await mkdir(dirname(buildStamp), { recursive: true });
  await writeFile(buildStamp, hash);
}
await utimes(buildStamp, begun, begun);

/** The bundler's message names file and line; its stack is of no use to anybody. */
function fail(error: unknown): never {
  sayWhy(error);
  process.exit(1);
}
