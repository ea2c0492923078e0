import type { OperatorRow } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';

/** Whether sign-in is required: from the first operator on, the owner of the machine is nobody in particular. */
export async function signInIsRequired(rooms: Pick<Rooms, 'store'>): Promise<boolean> {
  return (await enabledOperators(rooms)).length > 0;
}

export async function enabledOperators(rooms: Pick<Rooms, 'store'>): Promise<OperatorRow[]> {
  return (await rooms.store.installation.operators()).filter((row) => row.disabledAt === null);
}
