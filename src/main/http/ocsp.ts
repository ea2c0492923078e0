/** OCSP over HTTP (RFC 6960 appendix A, RFC 5019): what both the fetch handler and the plain listener make of it. */
import { matchesTag } from './etag.ts';
import type { OcspAnswer, OcspService } from './ports.ts';

/** Room for dozens of certificates; RFC 5019 expects a few hundred bytes. */
export const maxOcspRequestBytes = 16 * 1024;

/** How long a cache may keep an answer at most: a revocation should be seen soon after it. */
const maxAgeSeconds = 60;

/** The request in the path of a GET, base64 that may be percent-encoded; empty where it is not one. */
function requestInPath(path: string): Uint8Array {
  try {
    const text = decodeURIComponent(path.slice('/ocsp/'.length));
    return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : new Uint8Array();
  } catch {
    return new Uint8Array();
  }
}

/** An HTTP exchange of either kind, without the objects of any server. */
export interface OcspExchange {
  /** Of a POST its body; of a GET or HEAD its path, in which the request is. */
  readonly from: { readonly body: Uint8Array } | { readonly path: string };
  readonly ifNoneMatch: string | null;
}

export interface OcspReply {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** Answers the exchange, at once where the answer is kept; a 304 where the caller holds it already. Never throws. */
export function answerOcsp(
  service: OcspService,
  { from, ifNoneMatch }: OcspExchange,
  now: Date,
): OcspReply | Promise<OcspReply> {
  const isGet = 'path' in from;
  const answer = service.respond(isGet ? requestInPath(from.path) : from.body);
  return answer instanceof Promise
    ? answer.then((late) => replyOf(late, isGet, ifNoneMatch, now))
    : replyOf(answer, isGet, ifNoneMatch, now);
}

const type = { 'content-type': 'application/ocsp-response' };

function replyOf(
  { der, lifetime }: OcspAnswer,
  isGet: boolean,
  ifNoneMatch: string | null,
  now: Date,
): OcspReply {
  if (!lifetime || !isGet)
    return { status: 200, headers: { ...type, 'cache-control': 'no-store' }, body: der };
  const headers = cacheHeaders(lifetime, now);
  if (matchesTag(ifNoneMatch, lifetime.tag)) return { status: 304, headers, body: null };
  return { status: 200, headers: { ...type, ...headers }, body: der };
}

/** For answers to a GET that everybody may be given (RFC 5019 section 6.2). */
function cacheHeaders(
  { thisUpdate, nextUpdate, tag }: NonNullable<OcspAnswer['lifetime']>,
  now: Date,
): Readonly<Record<string, string>> {
  const lastingSeconds = Math.floor((nextUpdate.getTime() - now.getTime()) / 1000);
  const maxAge = Math.max(0, Math.min(maxAgeSeconds, lastingSeconds));
  return {
    'cache-control': `max-age=${maxAge}, public, no-transform, must-revalidate`,
    'last-modified': thisUpdate.toUTCString(),
    expires: nextUpdate.toUTCString(),
    etag: tag,
  };
}
