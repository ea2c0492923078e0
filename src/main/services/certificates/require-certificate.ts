import { ChanceryError } from '../../../shared/errors.ts';
import type { CertificateRow } from '../../store/index.ts';
import { type Context, reaches } from '../context.ts';
import type { Rooms } from '../rooms.ts';

const notFound = (id: string) =>
  new ChanceryError({ code: 'NOT_FOUND', detail: `There is no certificate '${id}'.` });

/** The certificate, if the caller reaches its realm. Throws NOT_FOUND. */
export async function requireCertificate(
  rooms: Rooms,
  context: Context,
  id: string,
): Promise<CertificateRow> {
  const row = await rooms.store.certificates.find(id);
  if (row && reaches(context.principal, row.realmId)) return row;
  throw notFound(id);
}

/** Its bytes as well. Throws NOT_FOUND. */
export async function requireCertificateBytes(rooms: Rooms, context: Context, id: string) {
  const found = await rooms.store.certificates.findWithBytes(id);
  if (!found || !reaches(context.principal, found.row.realmId)) throw notFound(id);
  return found;
}
