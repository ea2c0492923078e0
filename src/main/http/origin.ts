import { ChanceryError } from '../../shared/errors.ts';
import type { Door } from './door.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether the method changes nothing, RFC 9110 section 9.2.1. */
export function isSafe(method: string): boolean {
  return safeMethods.has(method);
}

/**
 * Refuses unsafe requests that a page of another origin made: an Origin header must be the door's own. Throws
 * ORIGIN_REFUSED. Programs send no Origin and pass; what they may do is for the token to say.
 */
export function checkOrigin(request: Request, door: Door): void {
  if (isSafe(request.method)) return;
  const origin = request.headers.get('origin');
  const isForeign = origin !== null && origin !== ownOrigin(request, door);
  if (!isForeign && request.headers.get('sec-fetch-site') !== 'cross-site') return;
  throw new ChanceryError({
    code: 'ORIGIN_REFUSED',
    detail: 'A page of another origin may not change anything here.',
    hint: 'Call from the own pages of this address, or from a program without an Origin header.',
  });
}

function ownOrigin(request: Request, door: Door): string | null {
  if (door.kind === 'desktop') return 'chancery://app';
  return door.kind === 'listener' ? `https://${new URL(request.url).host}` : null;
}
