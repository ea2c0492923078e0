import type { RenewalRefusal } from '../../shared/model/renewal.ts';
import { certificateStatus, type Lifetime } from './lifecycle.ts';

/** What decides whether a certificate can be renewed. */
export interface RenewalFacts {
  readonly lifetime: Lifetime;
  /** Who issued it elsewhere; null for what was issued here. */
  readonly foreignIssuer: string | null;
  readonly profile: 'none' | 'gone' | 'there';
  /** The authority that would sign; null where certificates sign themselves, or where there is no profile. */
  readonly issuer: { readonly name: string; readonly isActive: boolean; readonly notAfter: Date } | null;
  /** Serial number of the renewal that stands for it already. */
  readonly renewedBy: string | null;
}

const day = (date: Date) => date.toISOString().slice(0, 10);

/** All that is against renewing a certificate; nothing where it is eligible. */
export function renewalEligibility(facts: RenewalFacts, now: Date): RenewalRefusal[] {
  return [...ofItself(facts, now), ...ofItsProfile(facts), ...ofItsIssuer(facts, now)];
}

function ofItself({ lifetime, renewedBy }: RenewalFacts, now: Date): RenewalRefusal[] {
  const reasons: RenewalRefusal[] = [];
  switch (certificateStatus(lifetime, now)) {
    case 'revoked':
      reasons.push({ code: 'revoked', message: 'it is revoked' });
      break;
    case 'held':
      reasons.push({ code: 'revoked', message: 'it is on hold' });
      break;
    case 'expired':
      reasons.push({
        code: 'expired',
        message: `it has ended on ${day(lifetime.notAfter)}; issue a new one`,
      });
      break;
    case 'not-yet-valid':
      reasons.push({ code: 'not-yet-valid', message: `it only begins on ${day(lifetime.notBefore)}` });
      break;
    default:
  }
  if (renewedBy !== null) {
    reasons.push({ code: 'already-renewed', message: `it is renewed already, by ${renewedBy}` });
  }
  return reasons;
}

function ofItsProfile({ foreignIssuer, profile }: RenewalFacts): RenewalRefusal[] {
  if (foreignIssuer !== null) {
    return [{ code: 'imported', message: `it was issued elsewhere, by ${foreignIssuer}, and imported` }];
  }
  if (profile === 'none') return [{ code: 'no-profile', message: 'it was not issued under a profile' }];
  return profile === 'gone' ? [{ code: 'profile-gone', message: 'its profile is gone' }] : [];
}

function ofItsIssuer({ lifetime, issuer }: RenewalFacts, now: Date): RenewalRefusal[] {
  if (issuer === null) return [];
  if (!issuer.isActive || issuer.notAfter < now) {
    return [{ code: 'authority-inactive', message: `the authority ${issuer.name} does not issue any more` }];
  }
  if (issuer.notAfter > lifetime.notAfter) return [];
  const message = `its authority ${issuer.name} ends on ${day(issuer.notAfter)}, no later than the certificate; renew the authority first`;
  return [{ code: 'authority-ends-first', message }];
}
