import { ChanceryError } from '../../../shared/errors.ts';
import { newId } from '../../crypto/index.ts';
import { hashPassword, newSecret } from '../../keys/index.ts';
import type { GrantRow, OperatorRow, Statement } from '../../store/index.ts';
import type { EventFields } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import type { MappedGrant } from './identity-mapping.ts';
import type { Provider } from './provider-directory.ts';

/** An operator that a provider vouches for, with what has to be written so that it is so. */
export interface FederatedOperator {
  readonly row: OperatorRow;
  readonly statements: readonly Statement[];
  readonly events: readonly EventFields[];
}

/**
 * Throws CONFLICT unless an administrator signs in with a password: otherwise nobody could enter, and nobody could
 * mend it, once the provider is down.
 */
export async function requireLocalAdministrator(rooms: Pick<Rooms, 'store' | 'operators'>): Promise<void> {
  const federated = new Set(await rooms.store.identityProviders.operatorIds());
  const isThere = (await rooms.operators.enabled()).some(
    ({ id, grants }) =>
      !federated.has(id) && grants.some(({ role, realmId }) => role === 'administrator' && realmId === null),
  );
  if (isThere) return;
  throw new ChanceryError({
    code: 'CONFLICT',
    detail:
      'No administrator here has a password, so nobody could enter while the identity provider is down.',
    hint: 'Create an administrator with a password first.',
  });
}

/**
 * The operator for a subject of the provider, made at the first sign-in, with the role that the rules give now.
 * Throws FORBIDDEN for one who was disabled here.
 */
export async function federatedOperator(
  rooms: Rooms,
  provider: Provider,
  subject: string,
  name: string,
  grants: readonly MappedGrant[],
): Promise<FederatedOperator> {
  const { operators } = rooms.store;
  const busy = { code: 'CONFLICT', detail: 'This operator is signing in elsewhere at this moment.' } as const;
  const wanted = rowsOf(grants);
  const known = await rooms.store.identityProviders.operatorOf(provider.id, subject);
  if (known && known.disabledAt !== null) {
    throw new ChanceryError({ code: 'FORBIDDEN', detail: `The operator ${known.name} is disabled here.` });
  }
  if (known) {
    const held = (await rooms.operators.find(known.id))?.grants ?? [];
    const isIn = (rows: readonly GrantRow[], row: GrantRow) =>
      rows.some((one) => textOf(one) === textOf(row));
    const gone = held.filter((row) => !isIn(wanted, row));
    const come = wanted.filter((row) => !isIn(held, row));
    if (gone.length === 0 && come.length === 0) return { row: known, statements: [], events: [] };
    const statements = [
      ...gone.map((row) => operators.withdraw(known.id, row, busy)),
      ...come.map((row) => operators.grant(known.id, row, busy)),
    ];
    const detail = { provider: provider.slug, roles: rolesOf(grants) };
    return { row: known, statements, events: [changed('operator.role-mapped', known, detail)] };
  }
  const now = rooms.clock();
  const row: OperatorRow = {
    id: newId(now),
    name: await freeName(rooms, `${provider.slug}/${name}`, subject),
    // A hash of what nobody knows: no password opens it.
    passwordHash: await hashPassword(newSecret('')),
    disabledAt: null,
    createdAt: now.getTime(),
  };
  const link = { providerId: provider.id, subject, operatorId: row.id, createdAt: row.createdAt };
  const detail = { provider: provider.slug, subject, roles: rolesOf(grants) };
  return {
    row,
    statements: [
      operators.insert(row, busy),
      ...wanted.map((grant) => operators.grant(row.id, grant, busy)),
      rooms.store.identityProviders.link(link, busy),
    ],
    events: [changed('operator.created', row, detail)],
  };
}

const textOf = ({ role, realmId }: GrantRow) => `${role} ${realmId}`;
const rolesOf = (grants: readonly MappedGrant[]) => [...new Set(grants.map(({ role }) => role))];

/** As they are stored, each once. */
function rowsOf(grants: readonly MappedGrant[]): GrantRow[] {
  const rows = grants.flatMap(({ role, realms }): GrantRow[] =>
    realms === null ? [{ role, realmId: null }] : realms.map((realmId) => ({ role, realmId })),
  );
  return [...new Map(rows.map((row) => [textOf(row), row])).values()];
}

function changed(type: string, row: OperatorRow, detail: Readonly<Record<string, unknown>>): EventFields {
  return { type, subject: { kind: 'operator', id: row.id, name: row.name }, detail };
}

/** Names are the provider's to give, so that two subjects may have the same one: the second shows its subject too. */
async function freeName(rooms: Rooms, wanted: string, subject: string): Promise<string> {
  const clean = (text: string) =>
    text
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 120);
  const name = clean(wanted);
  const isTaken = (await rooms.operators.all()).some((row) => row.name.toLowerCase() === name.toLowerCase());
  return isTaken ? clean(`${name.slice(0, 60)} (${subject})`) : name;
}
