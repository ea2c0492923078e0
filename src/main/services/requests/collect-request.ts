import { ChanceryError } from '../../../shared/errors.ts';
import type { IssuedCertificate } from '../../../shared/operations/issued-certificate.ts';
import { writePem } from '../../x509/index.ts';
import { chainOf } from '../certificates/present-certificate.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { changedMeanwhile, isRequester, requireRequest } from './require-request.ts';

/** Hands who asked the certificate, and once the private key that was generated for it. */
export async function collectRequest(
  rooms: Rooms,
  { id }: { readonly id: string },
  context: Context,
): Promise<IssuedCertificate> {
  const { store, signer } = rooms;
  const row = await requireRequest(rooms, context, id);
  if (!isRequester(row, context.principal)) {
    throw new ChanceryError({
      code: 'FORBIDDEN',
      detail: 'Only who asked for a certificate collects it.',
      hint: 'The certificate itself is in the list of certificates.',
    });
  }
  const found = row.certificateId ? await store.certificates.findWithBytes(row.certificateId) : undefined;
  if (!found) {
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: `There is nothing to collect: the request is ${row.status}.`,
      hint: row.error ?? 'Ask for the request until it is issued.',
    });
  }
  const key = row.keyId !== null && row.collectedAt === null ? await store.keys.find(row.keyId) : undefined;
  const certificate: IssuedCertificate = {
    id: found.row.id,
    orderId: found.row.orderId,
    serialNumber: found.row.serialNumber,
    notBefore: new Date(found.row.notBefore).toISOString(),
    notAfter: new Date(found.row.notAfter).toISOString(),
    certificate: writePem('CERTIFICATE', found.der),
    chain: await chainOf(rooms, found.row),
    ...(key && {
      privateKey: signer.exportPrivateKey({ keyId: key.id, sealed: key.sealed }, 'pkcs8-pem'),
    }),
  };
  const collectedAt = rooms.clock().getTime();
  // Where the certificate does not hold it, the key was kept for this moment only.
  const isForgotten = key !== undefined && found.row.keyId !== key.id;
  const statements = key
    ? [
        store.requests.change(row, { collectedAt, ...(isForgotten && { keyId: null }) }, changedMeanwhile),
        ...(isForgotten ? [store.keys.remove(key.id)] : []),
      ]
    : [];
  const event = {
    type: 'request.collected',
    realm: row.realmId,
    subject: { kind: 'request', id: row.id, name: row.commonName },
    detail: { certificate: found.row.id, withPrivateKey: key !== undefined },
  };
  return finish(rooms, context, { statements, event }, certificate);
}
