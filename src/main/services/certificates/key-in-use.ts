import { ChanceryError } from '../../../shared/errors.ts';
import type { IssueWarning } from '../../../shared/operations/issued-certificate.ts';
import type { KeyUser } from '../../store/index.ts';
import { type Context, reaches } from '../context.ts';
import type { ProfileInUse } from '../policies/profile-in-use.ts';
import type { Rooms } from '../rooms.ts';

const rule = 'hygiene.key.used-elsewhere';

/**
 * Whether the key of a request is that of another end entity or of an authority, which NIST SP 800-57 part 1
 * section 5.2 advises against: a warning, or by the profile's setting an error. Throws LINT_FAILED.
 */
export function keyInUse(
  { store }: Rooms,
  { principal }: Context,
  profile: ProfileInUse,
  spki: Uint8Array,
  endEntityId: string | null,
): IssueWarning[] {
  if (profile.row.keysInUse === 'allow') return [];
  const user = store.certifiedKeys.userOf(spki, endEntityId);
  if (!user) return [];
  const message = `The same key is in use already: ${placeOf(user, reaches(principal, user.realmId))}.`;
  if (profile.row.keysInUse === 'warn') return [{ rule, message }];
  throw new ChanceryError({
    code: 'LINT_FAILED',
    detail: message,
    hint: 'Make a key for each certificate, so that the loss of one does not cost the other.',
    violations: [{ path: ['csr'], rule, message }],
  });
}

/** What lies in a realm that the caller does not reach is not told. */
function placeOf({ isAuthority, commonName, serialNumber }: KeyUser, isReached: boolean): string {
  if (!isReached) return 'in another realm';
  return `${isAuthority === 1 ? 'by the authority' : 'by'} ${commonName}, certificate ${serialNumber}`;
}
