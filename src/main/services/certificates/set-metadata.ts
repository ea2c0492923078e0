import type { CertificateSummary } from '../../../shared/model/certificate.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { checkNotes } from '../metadata-fields/check-notes.ts';
import type { Rooms } from '../rooms.ts';
import { certificatePresenter } from './present-certificate.ts';
import { requireCertificate } from './require-certificate.ts';

/** Puts the notes in the place of those that a certificate has; the audit names them, without what they say. */
export async function setMetadata(
  rooms: Rooms,
  { id, metadata }: ParsedInput<'certificates.metadata'>,
  context: Context,
): Promise<CertificateSummary> {
  const row = await requireCertificate(rooms, context, id);
  await checkNotes(rooms, row.realmId, metadata ?? {});
  const notes = metadata !== null && Object.keys(metadata).length > 0 ? metadata : null;
  const present = await certificatePresenter(rooms);
  const event = {
    type: 'certificate.metadata-changed',
    realm: row.realmId,
    subject: { kind: 'certificate', id: row.id, name: row.commonName },
    detail: { serialNumber: row.serialNumber, names: Object.keys(notes ?? {}) },
  };
  const statements = rooms.store.certificates.setMetadata(row, notes);
  return finish(
    rooms,
    context,
    { statements, event },
    present({ ...row, metadata: notes && JSON.stringify(notes) }),
  );
}
