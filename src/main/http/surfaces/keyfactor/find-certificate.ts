import { z } from 'zod';
import type { Output } from '../../../../shared/operations/index.ts';
import { badRequest, type KeyfactorCall, missing } from './keyfactor-call.ts';

type Summary = Output<'certificates.list'>['items'][number];

/** How a body names a certificate. */
export const certificateRef = {
  CertID: z.int().min(0).optional(),
  Thumbprint: z.string().max(200).optional(),
  SerialNumber: z.string().max(200).optional(),
  IssuerDN: z.string().max(1000).optional(),
};
type CertificateRef = { [Name in keyof typeof certificateRef]?: z.output<(typeof certificateRef)[Name]> };

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** The one certificate that is meant. Throws NOT_FOUND, and INVALID_INPUT where nothing is named. */
export async function findCertificate(
  { perform }: Pick<KeyfactorCall, 'perform'>,
  ref: CertificateRef,
): Promise<Summary> {
  const query = queryOf(ref);
  const listed = await perform('certificates.list', { query, limit: 2 });
  // What is archived is out of the lists, and still there for who names it.
  const { items } =
    listed.items.length > 0
      ? listed
      : await perform('certificates.list', { query, archived: true, limit: 2 });
  const [only, other] = items;
  if (only && !other) return only;
  throw other
    ? badRequest('Several certificates have that name; name one by its CertID.')
    : missing('No certificate of that name could be found.');
}

function queryOf({ CertID, Thumbprint, SerialNumber, IssuerDN }: CertificateRef): string {
  if (CertID) return `CertId -eq ${CertID}`;
  if (Thumbprint) return `Thumbprint -eq ${quoted(Thumbprint)}`;
  if (SerialNumber === undefined || SerialNumber === '') {
    throw badRequest('Name the certificate by CertID, by Thumbprint, or by SerialNumber and IssuerDN.');
  }
  const bySerial = `SerialNumber -eq ${quoted(SerialNumber)}`;
  return IssuerDN ? `${bySerial} AND IssuerDN -eq ${quoted(IssuerDN)}` : bySerial;
}
