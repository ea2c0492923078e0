import { ChanceryError } from '../../../shared/errors.ts';
import { hashPassword, newSecret, verifyPassword } from '../../keys/index.ts';
import type { OperatorWithGrants } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';

/** A hash of what nobody knows: a name that is not there takes as long to refuse as a wrong password. */
let nobodysHash: Promise<string> | undefined;

/** The enabled operator of that name and password. Throws WRONG_CREDENTIALS, RATE_LIMITED after many failures. */
export function checkPassword(
  rooms: Rooms,
  name: string,
  password: string,
  address: string | null,
): Promise<OperatorWithGrants> {
  return rooms.limiter.attempt(`operator ${name.toLowerCase()}`, address, async () => {
    const sought = name.toLowerCase();
    const row = (await rooms.operators.all()).find((one) => one.name.toLowerCase() === sought);
    nobodysHash ??= hashPassword(newSecret(''));
    const isRight = await verifyPassword(password, row?.passwordHash ?? (await nobodysHash));
    if (row && isRight && row.disabledAt === null) return row;
    throw new ChanceryError({ code: 'WRONG_CREDENTIALS', detail: 'The name or the password is not right.' });
  });
}
