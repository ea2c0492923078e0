import { ChanceryError } from '../../../shared/errors.ts';
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { readCertified } from '../../x509/index.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { type IssuedCertificate, issueUnderProfile, type RequestAccepted } from './issue-certificate.ts';
import { requireCertificateBytes } from './require-certificate.ts';

/** The same names once more, with a new key, from a new request or for the same key; the old certificate stays valid. */
export async function renewCertificate(
  rooms: Rooms,
  input: ParsedInput<'certificates.renew'>,
  context: Context,
): Promise<IssuedCertificate | RequestAccepted> {
  if (input.reuseKey && input.csr !== undefined) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'A renewal is from a request or for the same key, not both.',
      violations: [
        { path: ['reuseKey'], rule: 'reuseKey.csr', message: 'leave away one of reuseKey and csr' },
      ],
    });
  }
  const { row, der } = await requireCertificateBytes(rooms, context, input.id);
  const refuse = (reason: string) =>
    new ChanceryError({
      code: 'CONFLICT',
      detail: `The certificate ${row.serialNumber} cannot be renewed: ${reason}.`,
    });
  if (row.revokedAt !== null) throw refuse('it is revoked');
  if (row.importedFrom !== null) throw refuse(`it was issued elsewhere, by ${row.issuer}, and imported`);
  if (row.profileId === null) throw refuse('it was not issued under a profile');
  const profile = await rooms.profiles.byId(row.profileId);
  const realm = await rooms.realms.require(context.principal, row.realmId);
  if (!profile) throw refuse('its profile is gone');
  const { subject, subjectAltNames, spki } = readCertified(der);
  const fields = {
    csr: input.csr,
    subject,
    subjectAltNames,
    validity: input.validity,
    ...(input.csr === undefined && { keyAlgorithm: row.keyAlgorithm as KeyAlgorithm }),
    ...(input.reuseKey && { spki }),
  };
  return issueUnderProfile(rooms, context, { ...profile, realm }, fields, row);
}
