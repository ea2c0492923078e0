import { parseDuration, subtractDuration } from './duration.ts';

export interface Span {
  readonly start: Date;
  readonly end: Date;
}

type Validity = { readonly notBefore: Date; readonly notAfter: Date };

/** Of the lifetime, before which nothing is renewed: a longer window would renew what was issued just now. */
const restingShare = 1 / 3;

/**
 * When a certificate is to be renewed (RFC 9773 section 4.2): from `renewBefore` its end (a duration such as 30d, or
 * a share of the lifetime such as 33%) on, for the first half of what is left, so that there is time to try again. It
 * begins in no case before a third of the lifetime has passed. Throws INVALID_INPUT for what is no duration.
 */
export function renewalWindow({ notBefore, notAfter }: Validity, renewBefore: string): Span {
  const begin = notBefore.getTime();
  const last = notAfter.getTime();
  const earliest = begin + (last - begin) * restingShare;
  const start = Math.max(earliest, beforeEnd(notBefore, notAfter, renewBefore));
  return { start: new Date(Math.floor(start)), end: new Date(Math.floor((start + last) / 2)) };
}

function beforeEnd(notBefore: Date, notAfter: Date, renewBefore: string): number {
  const share = /^(\d{1,2})%$/.exec(renewBefore)?.[1];
  if (share === undefined) return subtractDuration(notAfter, parseDuration(renewBefore)).getTime();
  const lifetimeMs = notAfter.getTime() - notBefore.getTime();
  return notAfter.getTime() - (lifetimeMs * Number(share)) / 100;
}

/** A moment in the window that is always the same for one seed, so that many renewals spread over it. */
export function momentIn({ start, end }: Span, seed: string): Date {
  return new Date(Math.floor(start.getTime() + (end.getTime() - start.getTime()) * shareOf(seed)));
}

/** A number from 0 on, below 1, from the text alone (FNV-1a, 32 bits, and a final mix). */
export function shareOf(seed: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < seed.length; index += 1) {
    hash = Math.imul(hash ^ seed.charCodeAt(index), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
