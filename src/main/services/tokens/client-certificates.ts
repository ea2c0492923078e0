import { createPublicKey, sha256 } from '../../crypto/index.ts';
import type { CertificateRow, ClientCertificateRow } from '../../store/index.ts';
import { parseCertificate } from '../../x509/index.ts';
import type { Rooms } from '../rooms.ts';

type Method = ClientCertificateRow['method'];

export interface UsableCertificate {
  readonly row: CertificateRow;
  readonly der: Uint8Array;
}

/** Whether a certificate still proves anything. */
export function isUsable(row: CertificateRow, now: Date): boolean {
  return row.revokedAt === null && row.notBefore <= now.getTime() && now.getTime() <= row.notAfter;
}

/** The certificates with which the client may authenticate by that method at this moment. */
export async function usableCertificates(
  { store, clock }: Pick<Rooms, 'store' | 'clock'>,
  clientId: string,
  method: Method,
): Promise<UsableCertificate[]> {
  const now = clock();
  const named = store.clientCredentials.certificatesOf(clientId).filter((one) => one.method === method);
  const found = await Promise.all(
    named.map(({ certificateId }) => store.certificates.findWithBytes(certificateId)),
  );
  return found.flatMap((one) => (one && isUsable(one.row, now) ? [one] : []));
}

/** The x5t#S256 of a certificate (RFC 8705 section 3.1). */
export function thumbprint(der: Uint8Array): string {
  return sha256(Buffer.from(der)).toString('base64url');
}

/** The public key that a certificate is for. */
export function publicKeyOf(der: Uint8Array) {
  const key = Buffer.from(parseCertificate(der).spki);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}
