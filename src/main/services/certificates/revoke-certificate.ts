import { ChanceryError, type ErrorFields } from '../../../shared/errors.ts';
import type { CertificateSummary } from '../../../shared/model/certificate.ts';
import type { RevocationReason } from '../../../shared/model/names.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import { shardNamedBy } from '../authorities/crl-shard.ts';
import { type Context, type Principal, requirePermission } from '../context.ts';
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
  const authorityId = issuerOf(row, context.principal);
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
  const alreadyRevoked = alreadyRevokedBy(row);
  if (isFinal(row, input.reason)) {
    // Whoever repeats after a failure may rely on the CRL just as well.
    await rooms.crls.catchUp(authorityId, context);
    throw new ChanceryError(alreadyRevoked);
  }
  const present = await certificatePresenter(rooms);
  const shard = await shardNamedBy(rooms.store, row.id, authorityId);
  const output = await finish(
    rooms,
    context,
    {
      statements: [
        rooms.store.certificates.revoke(revocation, alreadyRevoked),
        rooms.store.authorities.bumpRevision(authorityId),
        rooms.store.renewals.lookAgain(row.orderId),
        ...(row.revokedAt === null
          ? []
          : rooms.store.crlSegments.takeApart(authorityId, Buffer.from(row.serialNumber, 'hex'))),
        ...rooms.store.crlSegments.enqueue(authorityId, row.rowId, shard),
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
  rooms.ocsp.forget(authorityId, row.serialNumber);
  await rooms.crls.publish(authorityId, context);
  return output;
}

/** Throws what keeps it from being revoked for that reason: CONFLICT, ALREADY_REVOKED, FORBIDDEN. */
export function requireRevocable(row: CertificateRow, principal: Principal, reason: RevocationReason): void {
  issuerOf(row, principal);
  if (isFinal(row, reason)) throw new ChanceryError(alreadyRevokedBy(row));
}

/** Id of the authority that can revoke it. */
function issuerOf(row: CertificateRow, principal: Principal): string {
  // All that an authority has issued falls with it.
  if (row.isAuthority === 1) requirePermission(principal, 'authorities.disable', row.realmId);
  if (row.authorityId !== null) return row.authorityId;
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: 'The certificate is not from an authority here, so it cannot be revoked here.',
    ...(row.importedFrom !== null && { hint: `Ask whoever issued it: ${row.issuer}.` }),
  });
}

/** A hold can be made final; all else stays as it is. */
function isFinal(row: CertificateRow, reason: RevocationReason): boolean {
  if (row.revokedAt === null) return false;
  return row.revocationReason !== 'certificateHold' || reason === 'certificateHold';
}

function alreadyRevokedBy(row: CertificateRow): ErrorFields {
  return { code: 'ALREADY_REVOKED', detail: `The certificate ${row.serialNumber} is revoked already.` };
}
