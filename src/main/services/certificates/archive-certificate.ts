/** Puts what is over and done with out of sight; nothing that a relying party could ask for changes with it. */
import { ChanceryError, type ErrorFields } from '../../../shared/errors.ts';
import type { CertificateSummary } from '../../../shared/model/certificate.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { certificateStatus } from '../../domain/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { lifetimeOf } from '../renewals/renewal-facts.ts';
import type { Rooms } from '../rooms.ts';
import { certificatePresenter } from './present-certificate.ts';
import { requireCertificate } from './require-certificate.ts';

/** Archives what has ended or was revoked for good. Throws NOT_FOUND, CONFLICT for all else. */
export async function archiveCertificate(
  rooms: Rooms,
  { id }: ParsedInput<'certificates.archive'>,
  context: Context,
): Promise<CertificateSummary> {
  const row = await requireCertificate(rooms, context, id);
  const now = rooms.clock();
  const stillNeeded = reasonAgainst(row, now);
  if (stillNeeded) throw new ChanceryError({ code: 'CONFLICT', ...stillNeeded });
  return setArchivedAt(rooms, context, row, now.getTime());
}

/** Takes it back into the lists. Throws NOT_FOUND, CONFLICT where it is in them. */
export async function restoreCertificate(
  rooms: Rooms,
  { id }: ParsedInput<'certificates.restore'>,
  context: Context,
): Promise<CertificateSummary> {
  return setArchivedAt(rooms, context, await requireCertificate(rooms, context, id), null);
}

async function setArchivedAt(
  rooms: Rooms,
  context: Context,
  row: CertificateRow,
  archivedAt: number | null,
): Promise<CertificateSummary> {
  const present = await certificatePresenter(rooms);
  const state = archivedAt === null ? 'not archived' : 'archived already';
  const statement = rooms.store.certificates.setArchivedAt(row.id, archivedAt, {
    code: 'CONFLICT',
    detail: `The certificate ${row.serialNumber} is ${state}.`,
  });
  const event = {
    type: archivedAt === null ? 'certificate.restored' : 'certificate.archived',
    realm: row.realmId,
    subject: { kind: 'certificate', id: row.id, name: row.commonName },
    detail: { serialNumber: row.serialNumber },
  };
  return finish(rooms, context, { statements: [statement], event }, present({ ...row, archivedAt }));
}

/** What keeps it in sight, and what to do about that; undefined for what is over. */
function reasonAgainst(row: CertificateRow, now: Date): Omit<ErrorFields, 'code'> | undefined {
  const { serialNumber } = row;
  if (row.isAuthority === 1)
    return { detail: `The certificate ${serialNumber} belongs to an authority, and stays with it.` };
  switch (certificateStatus(lifetimeOf(row), now)) {
    case 'expired':
    case 'revoked':
      return undefined;
    case 'held':
      return {
        detail: `The certificate ${serialNumber} is on hold, which can be lifted.`,
        hint: 'Revoke it for good first, or lift the hold and wait for its end.',
      };
    case 'valid':
    case 'not-yet-valid':
      return {
        detail: `The certificate ${serialNumber} can be used until ${new Date(row.notAfter).toISOString()}.`,
        hint: row.authorityId === null ? 'Wait for its end.' : 'Revoke it first, or wait for its end.',
      };
  }
}
