import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChanceryError } from '../../shared/errors.ts';
import { randomBytes } from '../crypto/index.ts';
import { taggedResponse } from './etag.ts';
import { pagePolicy } from './security-headers.ts';

/** One entry of static-manifest.json, which the build writes. */
interface StaticFile {
  /** Relative to the manifest's folder. */
  readonly file: string;
  readonly type: string;
  /** Hex. */
  readonly sha256: string;
  /** Whether the name holds a hash of the content. */
  readonly immutable: boolean;
}

/** Serves what the manifest lists, and nothing that it does not. */
export interface StaticFiles {
  /** Below /ui/: a listed file, or index.html for paths without a file extension. */
  serveRenderer(request: Request): Promise<Response>;
  /** The file listed under exactly this path; throws NOT_FOUND. */
  serve(request: Request, path: string): Promise<Response>;
}

const indexPath = '/ui/index.html';
const noncePlaceholder = '__CSP_NONCE__';

/** A fresh nonce of 128 bits for one page, CSP level 3 section 2.3.1. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/** Reads the manifest once; the files are read when they are first asked for, and kept. */
export function openStaticFiles(folder: string | null): StaticFiles {
  const manifest =
    folder === null ? new Map<string, StaticFile>() : readManifest(join(folder, 'static-manifest.json'));
  const contents = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  const contentOf = (path: string, entry: StaticFile): Promise<Uint8Array<ArrayBuffer>> => {
    const known = contents.get(path);
    if (known) return known;
    const reading = readFile(join(folder ?? '', entry.file)).then((bytes) => new Uint8Array(bytes));
    contents.set(path, reading);
    reading.catch(() => contents.delete(path));
    return reading;
  };

  const serve = async (request: Request, path: string): Promise<Response> => {
    const entry = manifest.get(path);
    if (!entry) throw new ChanceryError({ code: 'NOT_FOUND', detail: 'There is no such file.' });
    const headers = new Headers({
      'content-type': entry.type,
      'cache-control': entry.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    return taggedResponse(request, await contentOf(path, entry), `"${entry.sha256}"`, headers);
  };

  const serveIndex = async (): Promise<Response> => {
    const entry = manifest.get(indexPath);
    if (!entry)
      throw new ChanceryError({
        code: 'NOT_FOUND',
        detail: 'The pages of the console are not built.',
        hint: 'Build them with `npm run build`.',
      });
    const nonce = newNonce();
    const html = new TextDecoder()
      .decode(await contentOf(indexPath, entry))
      .replaceAll(noncePlaceholder, nonce);
    return pageResponse(html, nonce);
  };

  return {
    serve,
    serveRenderer: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === indexPath) return serveIndex();
      if (manifest.has(pathname)) return serve(request, pathname);
      return /\.[^/]+$/.test(pathname) ? serve(request, pathname) : serveIndex();
    },
  };
}

/** An HTML page under the policy of that nonce, never cached. */
export function pageResponse(html: string, nonce: string): Response {
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': pagePolicy(nonce),
    },
  });
}

function readManifest(file: string): Map<string, StaticFile> {
  if (!existsSync(file)) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, StaticFile>));
}
