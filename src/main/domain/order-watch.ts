/** What there is to do about an order at a moment, and when to look again. */
import { certificateStatus, type Lifetime } from './lifecycle.ts';
import { renewalWindow } from './renewal-window.ts';

export interface WatchedOrder {
  /** Of the certificate that stands for the order now. */
  readonly lifetime: Lifetime;
  /** Set where Chancery renews it by itself. */
  readonly automatic: { readonly renewBefore: string } | null;
  /** Whether it had ended when it came in: then nobody is told. */
  readonly cameEnded: boolean;
}

export interface OrderLook {
  readonly alert: 'certificate.expiring' | 'certificate.expired' | null;
  readonly renew: boolean;
  /** When something has to happen: the renewal by Chancery, or else the end; null where nothing has. */
  readonly dueAt: number | null;
  /** When to look again, in milliseconds; null for never. */
  readonly nextAt: number | null;
}

const dayMs = 86_400_000;
/** How long before its end people are told of a certificate, and at most in the last third of its lifetime. */
const noticeMs = 30 * dayMs;
const nothing: OrderLook = { alert: null, renew: false, dueAt: null, nextAt: null };

/**
 * Tells of an end in its last 30 days (or last third), where Chancery renews by itself in the second half of the time
 * that it has for it: until then the renewal is on its way.
 */
export function lookAtOrder({ lifetime, automatic, cameEnded }: WatchedOrder, now: Date): OrderLook {
  const status = certificateStatus(lifetime, now);
  if (status === 'revoked') return nothing;
  const at = now.getTime();
  // A hold may be lifted, and then all of this counts again.
  if (status === 'held') return { ...nothing, nextAt: at + dayMs };
  const end = lifetime.notAfter.getTime();
  if (status === 'expired') return { ...nothing, alert: cameEnded ? null : 'certificate.expired' };
  const window = automatic && renewalWindow(lifetime, automatic.renewBefore);
  const alertAt = window ? window.end.getTime() : end - noticeBefore(lifetime);
  const dueAt = window ? window.start.getTime() : end;
  const steps = [...(window ? [dueAt] : []), alertAt, end + 1].filter((step) => step > at);
  return {
    alert: at >= alertAt ? 'certificate.expiring' : null,
    renew: window !== null && at >= dueAt && status === 'valid',
    dueAt,
    nextAt: Math.min(...steps),
  };
}

/** How long before its end people are told of a certificate that nobody renews by himself, in milliseconds. */
function noticeBefore({ notBefore, notAfter }: Lifetime): number {
  return Math.min(noticeMs, Math.floor((notAfter.getTime() - notBefore.getTime()) / 3));
}
