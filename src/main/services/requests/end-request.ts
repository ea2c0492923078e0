/** The ends of a request that have no certificate. */
import type { RequestRow, Statement } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';
import { changedMeanwhile } from './require-request.ts';

export interface Ending {
  readonly status: 'rejected' | 'cancelled' | 'failed' | 'expired';
  readonly error: string | null;
  readonly now: Date;
}

/** Ends the request, and forgets the key that was generated for it. */
export function endRequest({ store }: Rooms, row: RequestRow, { status, error, now }: Ending): Statement[] {
  const change = { status, error, decidedAt: now.getTime(), keyId: null };
  return [
    store.requests.change(row, change, changedMeanwhile),
    ...(row.keyId === null ? [] : [store.keys.remove(row.keyId)]),
  ];
}

/** The request after that, to be shown. */
export function ended(row: RequestRow, { status, error, now }: Ending): RequestRow {
  return { ...row, status, error, decidedAt: now.getTime(), keyId: null, revision: row.revision + 1 };
}
