import { ChanceryError } from '../../../shared/errors.ts';
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import type { RenewalRefusal } from '../../../shared/model/renewal.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { renewalEligibility } from '../../domain/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import { readCertified } from '../../x509/index.ts';
import type { Context } from '../context.ts';
import { renewalFacts } from '../renewals/renewal-facts.ts';
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
  const { profile, last } = await requireRenewable(rooms, row);
  const realm = await rooms.realms.require(context.principal, row.realmId);
  const { subject, subjectAltNames, spki } = readCertified(der);
  const fields = {
    csr: input.csr,
    subject,
    subjectAltNames,
    validity: input.validity,
    ...(input.csr === undefined && { keyAlgorithm: row.keyAlgorithm as KeyAlgorithm }),
    ...(input.reuseKey && { spki }),
  };
  return issueUnderProfile(rooms, context, { ...profile, realm }, fields, { row, last });
}

/** What it is renewed under. Throws CONFLICT with all that keeps it from being renewed. */
export async function requireRenewable(rooms: Rooms, row: CertificateRow) {
  const { facts, profile, last } = await renewalFacts(rooms, row);
  const reasons = renewalEligibility(facts, rooms.clock());
  if (reasons.length > 0 || !profile) throw notEligible(row, reasons);
  return { profile, last };
}

function notEligible({ serialNumber }: CertificateRow, reasons: readonly RenewalRefusal[]): ChanceryError {
  return new ChanceryError({
    code: 'CONFLICT',
    detail: `The certificate ${serialNumber} cannot be renewed: ${reasons.map(({ message }) => message).join('; ')}.`,
    data: { reasons },
  });
}
