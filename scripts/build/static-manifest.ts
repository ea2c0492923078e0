import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fromRoot } from '../launch/root.mjs';

/** One static file, by the path of its URL in the manifest. */
export interface StaticFile {
  /** Relative to the manifest's folder, with `/`. */
  readonly file: string;
  /** Content-Type. */
  readonly type: string;
  /** Hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** Whether the name holds a hash of the content, so that it may be cached for ever. */
  readonly immutable: boolean;
}

const folders = { '/ui/': 'renderer', '/reference/': 'reference' } as const;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Writes out/static-manifest.json: every static file by the path of its URL. Files are served from this list
 * and never from joined paths, so that no URL can name anything else. Throws for a file of unknown type.
 */
export async function writeStaticManifest(out = fromRoot('out')): Promise<void> {
  const manifest: Record<string, StaticFile> = {};
  for (const [prefix, folder] of Object.entries(folders)) {
    for (const path of await filesBelow(join(out, folder))) {
      const name = relative(join(out, folder), path).split(sep).join('/');
      manifest[prefix + name] = await describe(path, `${folder}/${name}`);
    }
  }
  await writeFile(join(out, 'static-manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}

async function describe(path: string, file: string): Promise<StaticFile> {
  const type = types[extname(path)];
  if (type === undefined) throw new Error(`The type of the static file ${file} is not known.`);
  const content = await readFile(path);
  const sha256 = createHash('sha256').update(content).digest('hex');
  // Vite puts a hash into the names below assets/ and nowhere else.
  return { file, type, sha256, size: content.length, immutable: file.startsWith('renderer/assets/') };
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
