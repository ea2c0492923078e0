import type { RenewalInformation } from '../../../shared/model/renewal.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import {
  certificateStatus,
  momentIn,
  renewalEligibility,
  renewalWindow,
  type Span,
} from '../../domain/index.ts';
import { requireCertificate } from '../certificates/require-certificate.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { renewalFacts } from './renewal-facts.ts';
import { presentRenewal, settingsOf } from './renewal-settings.ts';

/** As RFC 9773 section 4.3.3 has it: often enough for a revocation to be noticed in time. */
const retryAfterSeconds = 6 * 60 * 60;

/** Whether a certificate can be renewed, why not, and when it should be. */
export async function renewalInformation(
  rooms: Rooms,
  { id }: ParsedInput<'certificates.renewal'>,
  context: Context,
): Promise<RenewalInformation> {
  const row = await requireCertificate(rooms, context, id);
  const now = rooms.clock();
  const { facts, profile, last } = await renewalFacts(rooms, row);
  const reasons = renewalEligibility(facts, now);
  const order = rooms.store.renewals.find(row.orderId);
  const { renewBefore } = settingsOf(order, profile);
  const eligible = reasons.length === 0;
  const window = eligible ? renewalWindow(facts.lifetime, renewBefore) : null;
  const when = window && momentIn(window, row.id);
  return {
    certificateId: row.id,
    orderId: row.orderId,
    eligible,
    reasons,
    sources: eligible ? ['newKey', 'sameKey', 'newCsr'] : [],
    suggestedWindow: window && { start: window.start.toISOString(), end: window.end.toISOString() },
    suggestedTime: when?.toISOString() ?? null,
    explanation: window
      ? explanationOf(window, renewBefore, now)
      : `The certificate cannot be renewed: ${reasons.map(({ message }) => message).join('; ')}.`,
    retryAfterSeconds:
      certificateStatus(facts.lifetime, now) === 'valid'
        ? Math.min(retryAfterSeconds, Math.ceil((row.notAfter - row.notBefore) / 20_000))
        : retryAfterSeconds,
    renewal: presentRenewal(order, profile, last),
  };
}

function explanationOf({ start, end }: Span, renewBefore: string, now: Date): string {
  const rule = `Certificates like it are renewed ${renewBefore} before their end`;
  if (now < start) return `${rule}; there is time until ${start.toISOString()}.`;
  return now <= end
    ? `${rule}; the time for it has come.`
    : `${rule}; the time for it has passed, renew it now.`;
}
