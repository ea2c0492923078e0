import { ChanceryError } from '../../../shared/errors.ts';
import type { CertificateSummary } from '../../../shared/model/certificate.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { shardNamedBy } from '../authorities/crl-shard.ts';
import { type Context, requirePermission } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { certificatePresenter } from './present-certificate.ts';
import { requireCertificate } from './require-certificate.ts';

/** Revokes, and answers once a CRL that holds the revocation is on disk. */
export async function revokeCertificate(
  rooms: Rooms,
  input: ParsedInput<'certificates.revoke'>,
  context: Context,
): Promise<CertificateSummary> {
  const row = await requireCertificate(rooms, context, input.id);
  // All that an authority has issued falls with it.
  if (row.isAuthority === 1) requirePermission(context.principal, 'authorities.disable');
  if (row.authorityId === null) {
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: 'The certificate is not from an authority here, so it cannot be revoked here.',
      ...(row.importedFrom !== null && { hint: `Ask whoever issued it: ${row.issuer}.` }),
    });
  }
  // Without its key the revocation could not be published: better refused as a whole than half done.
  rooms.vault.requireOpen();
  const now = rooms.clock();
  const revocation = {
    id: row.id,
    // A hold that becomes final keeps the day on which it began.
    revokedAt: row.revokedAt ?? now.getTime(),
    reason: input.reason,
    invalidityDate: input.invalidityDate === undefined ? null : Date.parse(input.invalidityDate),
    comment: input.comment ?? null,
  };
  const revoked = {
    ...row,
    ...revocation,
    revocationReason: input.reason,
    revocationComment: revocation.comment,
  };
  const alreadyRevoked = {
    code: 'ALREADY_REVOKED',
    detail: `The certificate ${row.serialNumber} is revoked already.`,
  } as const;
  if (
    row.revokedAt !== null &&
    (row.revocationReason !== 'certificateHold' || input.reason === 'certificateHold')
  ) {
    // Whoever repeats after a failure may rely on the CRL just as well.
    await rooms.crls.catchUp(row.authorityId, context);
    throw new ChanceryError(alreadyRevoked);
  }
  const present = await certificatePresenter(rooms);
  const shard = await shardNamedBy(rooms.store, row.id, row.authorityId);
  const output = await finish(
    rooms,
    context,
    {
      statements: [
        rooms.store.certificates.revoke(revocation, alreadyRevoked),
        rooms.store.authorities.bumpRevision(row.authorityId),
        rooms.store.renewals.lookAgain(row.orderId),
        ...(row.revokedAt === null
          ? []
          : rooms.store.crlSegments.takeApart(row.authorityId, Buffer.from(row.serialNumber, 'hex'))),
        ...rooms.store.crlSegments.enqueue(row.authorityId, row.rowId, shard),
      ],
      event: {
        type: 'certificate.revoked',
        realm: row.realmId,
        subject: { kind: 'certificate', id: row.id, name: row.commonName },
        detail: { serialNumber: row.serialNumber, reason: input.reason, comment: input.comment },
      },
    },
    present(revoked),
  );
  rooms.ocsp.forget(row.authorityId, row.serialNumber);
  await rooms.crls.publish(row.authorityId, context);
  return output;
}
