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

export interface Standing {
  /** The newest that is not still to begin: a clock that ran ahead has issued those that are. */
  readonly row: CertificateRow;
  /** When the one after it begins, milliseconds; null where there is none. */
  readonly nextBegins: number | null;
}

/** What stands for an order at a moment. */
export async function standingOf(rooms: Rooms, newest: CertificateRow, now: Date): Promise<Standing> {
  let row = newest;
  let nextBegins: number | null = null;
  while (row.notBefore > now.getTime() && row.renewsId !== null) {
    const before = await rooms.store.certificates.find(row.renewsId);
    if (!before) break;
    nextBegins = row.notBefore;
    row = before;
  }
  return { row, nextBegins };
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
