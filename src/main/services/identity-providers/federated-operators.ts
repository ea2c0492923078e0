import { ChanceryError } from '../../../shared/errors.ts';
import { newId } from '../../crypto/index.ts';
import { hashPassword, newSecret } from '../../keys/index.ts';
import type { OperatorRow, Statement } from '../../store/index.ts';
import type { EventFields } from '../finish.ts';
import { enabledOperators } from '../operators/operator-directory.ts';
import type { Rooms } from '../rooms.ts';
import { type MappedGrant, realmsOf } from './identity-mapping.ts';
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
export async function requireLocalAdministrator(rooms: Pick<Rooms, 'store'>): Promise<void> {
  const federated = new Set(await rooms.store.identityProviders.operatorIds());
  const isThere = (await enabledOperators(rooms)).some(
    ({ id, role }) => role === 'administrator' && !federated.has(id),
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
  const [first] = grants;
  if (!first) throw new Error('an operator without a role');
  const realms = realmsOf(grants.filter(({ role }) => role === first.role));
  const held = { role: first.role, realms: realms === 'all' ? null : JSON.stringify(realms) };
  const known = await rooms.store.identityProviders.operatorOf(provider.id, subject);
  if (known && known.disabledAt !== null) {
    throw new ChanceryError({ code: 'FORBIDDEN', detail: `The operator ${known.name} is disabled here.` });
  }
  if (known) {
    if (known.role === held.role && known.realms === held.realms)
      return { row: known, statements: [], events: [] };
    const row = { ...known, ...held };
    const event = changed('operator.role-mapped', row, { provider: provider.slug, role: held.role });
    return { row, statements: [rooms.store.installation.setOperatorRole(known.id, held)], events: [event] };
  }
  const now = rooms.clock();
  const row: OperatorRow = {
    id: newId(now),
    name: await freeName(rooms, `${provider.slug}/${name}`, subject),
    ...held,
    // A hash of what nobody knows: no password opens it.
    passwordHash: await hashPassword(newSecret('')),
    disabledAt: null,
    createdAt: now.getTime(),
  };
  const taken = {
    code: 'CONFLICT',
    detail: 'This operator is signing in elsewhere at this moment.',
  } as const;
  const link = { providerId: provider.id, subject, operatorId: row.id, createdAt: row.createdAt };
  return {
    row,
    statements: [
      rooms.store.installation.insertOperator(row, taken),
      rooms.store.identityProviders.link(link, taken),
    ],
    events: [changed('operator.created', row, { provider: provider.slug, subject, role: held.role })],
  };
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
  const isTaken = (await rooms.store.installation.findOperator(name)) !== undefined;
  return isTaken ? clean(`${name.slice(0, 60)} (${subject})`) : name;
}
