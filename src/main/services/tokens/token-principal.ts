import { ChanceryError } from '../../../shared/errors.ts';
import type { AccessTokenRow, ClientActor, ClientWithRealms, RealmRow } from '../../store/index.ts';
import { type Grant, type Principal, principalWith } from '../context.ts';
import { grantOf } from '../roles/role-directory.ts';
import type { Rooms } from '../rooms.ts';

const mayNotAct = (who: string) =>
  new ChanceryError({ code: 'TOKEN_INVALID', detail: `${who} of this access token may not act any more.` });

/** What a client holds: its role, or the one that each of its realms gives by default. */
export async function clientGrants(
  { roles, realms }: Pick<Rooms, 'roles' | 'realms'>,
  { role, realmIds }: Pick<ClientWithRealms, 'role' | 'realmIds'>,
): Promise<Grant[]> {
  const known = await roles.all();
  const held = (await realms.all())
    .filter(({ id }) => realmIds.includes(id))
    .map(({ id, defaultRole }) => ({ id, slug: role ?? defaultRole }));
  return [...Map.groupBy(held, ({ slug }) => slug)].flatMap(([slug, at]) => {
    const found = known.get(slug);
    return found
      ? [
          grantOf(
            found,
            at.map(({ id }) => id),
          ),
        ]
      : [];
  });
}

/** Those of the grants that hold in the realm, limited to it. */
function inRealm(grants: readonly Grant[], realmId: string): Grant[] {
  return grants
    .filter(({ realms }) => realms === 'all' || realms.includes(realmId))
    .map((grant) => ({ ...grant, realms: [realmId] }));
}

/** The client as it acts in one realm. */
export async function clientPrincipal(
  rooms: Pick<Rooms, 'roles' | 'realms'>,
  client: Pick<ClientActor, 'id' | 'clientId' | 'role'>,
  realm: RealmRow,
): Promise<Principal> {
  const { id, clientId: name } = client;
  return principalWith(
    { kind: 'client', id, name },
    inRealm(await clientGrants(rooms, { ...client, realmIds: [realm.id] }), realm.id),
  );
}

/** Who a live token speaks for by now, in the realm that it was given for. Throws TOKEN_INVALID. */
export async function tokenPrincipal(rooms: Rooms, token: AccessTokenRow): Promise<Principal> {
  const client = rooms.store.clients.actor(token.clientId, token.realmId);
  const realm = await rooms.realms.byId(token.realmId);
  const isOpen = realm?.builtIn === 0 && realm.archivedAt === null;
  if (client?.enabled !== 1 || client.isInRealm !== 1 || !realm || !isOpen) throw mayNotAct('The API client');
  if (token.operatorId === null) return clientPrincipal(rooms, client, realm);
  const operator = await rooms.operators.find(token.operatorId);
  if (operator?.disabledAt !== null || client.passwordGrant !== 1) throw mayNotAct('The operator');
  const { id, name } = operator;
  return principalWith(
    { kind: 'operator', id, name },
    inRealm(await rooms.operators.grants(operator), realm.id),
  );
}
