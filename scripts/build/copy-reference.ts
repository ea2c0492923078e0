import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fromRoot } from '../launch/root.mjs';

const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'swagger-ui.css',
  'swagger-ui-bundle.js': 'swagger-ui-bundle.js',
  'favicon.png': 'favicon-32x32.png',
  // The bundle's head points to this one.
  'swagger-ui-bundle.js.LICENSE.txt': 'swagger-ui-bundle.js.LICENSE.txt',
};

/** Puts the files of the API reference page into out/reference; the page itself is made by http/. */
export async function copyReference(): Promise<void> {
  const folder = fromRoot('out', 'reference');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, source] of Object.entries(files)) {
    await copyFile(fromRoot('node_modules', 'swagger-ui-dist', source), join(folder, name));
  }
}
