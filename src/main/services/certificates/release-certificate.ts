import type { CertificateSummary } from '../../../shared/model/certificate.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { certificatePresenter } from './present-certificate.ts';
import { requireCertificate } from './require-certificate.ts';

/** Lifts the hold on a certificate (RFC 5280 section 5.3.1), and answers once a CRL without it is on disk. */
export async function releaseCertificate(
  rooms: Rooms,
  input: ParsedInput<'certificates.release'>,
  context: Context,
): Promise<CertificateSummary> {
  const row = await requireCertificate(rooms, context, input.id);
  rooms.vault.requireOpen();
  const notOnHold = {
    code: 'CONFLICT',
    detail: `The certificate ${row.serialNumber} is not on hold.`,
    hint: 'Only a hold can be lifted; a revocation for any other reason is final.',
  } as const;
  const { authorityId } = row;
  const present = await certificatePresenter(rooms);
  const none = { revokedAt: null, revocationReason: null, invalidityDate: null, revocationComment: null };
  const output = await finish(
    rooms,
    context,
    {
      statements: [
        rooms.store.certificates.release(row.id, notOnHold),
        rooms.store.renewals.lookAgain(row.orderId),
        ...(authorityId === null
          ? []
          : [
              rooms.store.authorities.bumpRevision(authorityId),
              ...rooms.store.crlSegments.release(
                authorityId,
                row.rowId,
                Buffer.from(row.serialNumber, 'hex'),
              ),
            ]),
      ],
      event: {
        type: 'certificate.released',
        realm: row.realmId,
        subject: { kind: 'certificate', id: row.id, name: row.commonName },
        detail: { serialNumber: row.serialNumber, comment: input.comment },
      },
    },
    present({ ...row, ...none }),
  );
  if (authorityId !== null) {
    rooms.ocsp.forget(authorityId, row.serialNumber);
    await rooms.crls.publish(authorityId, context);
  }
  return output;
}
