import { sha256 } from '../crypto/index.ts';
import { wholeResponse } from './whole-response.ts';

/** A strong entity tag over the bytes, RFC 9110 section 8.8.3. */
export function entityTag(body: Uint8Array | string): string {
  return `"${sha256(body).toString('base64url')}"`;
}

/** Whether If-None-Match names the tag, by the weak comparison of RFC 9110 section 13.1.2. */
export function matchesTag(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return [...ifNoneMatch.matchAll(/(?:W\/)?("[^"]*")/g)].some(
    ([, opaque]) => opaque === tag.replace(/^W\//, ''),
  );
}

/** 200 with the body, or 304 without one where the caller holds it already. */
export function taggedResponse(
  request: Request,
  body: Uint8Array<ArrayBuffer> | string,
  tag: string,
  headers: Headers,
): Response {
  headers.set('etag', tag);
  if (!matchesTag(request.headers.get('if-none-match'), tag))
    return wholeResponse(body, { status: 200, headers });
  headers.delete('content-type');
  headers.delete('content-disposition');
  return new Response(null, { status: 304, headers });
}
