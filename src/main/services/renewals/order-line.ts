/** The certificates of an order, each the renewal of the one before it. */
import type { CertificateRow } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';

/** The newest certificate from that one on. */
export async function newestOf(rooms: Rooms, row: CertificateRow): Promise<CertificateRow> {
  let newest = row;
  while (newest.renewedById !== null) {
    const next = await rooms.store.certificates.find(newest.renewedById);
    if (!next) break;
    newest = next;
  }
  return newest;
}

/** The newest that is not still to begin: a clock that ran ahead has issued those that are. */
export async function standingOf(rooms: Rooms, newest: CertificateRow, now: Date): Promise<CertificateRow> {
  let standing = newest;
  while (standing.notBefore > now.getTime() && standing.renewsId !== null) {
    const before = await rooms.store.certificates.find(standing.renewsId);
    if (!before) break;
    standing = before;
  }
  return standing;
}

/** All from that one on, the newest first. */
export async function lineFrom(rooms: Rooms, first: CertificateRow): Promise<CertificateRow[]> {
  const line = [first];
  for (let at = first; at.renewedById !== null; ) {
    const next = await rooms.store.certificates.find(at.renewedById);
    if (!next) break;
    line.unshift(next);
    at = next;
  }
  return line;
}
