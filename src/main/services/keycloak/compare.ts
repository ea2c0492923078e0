import type { KeycloakDifference } from '../../../shared/operations/keycloak.ts';
import type { MirroredClient } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';
import type { ClientRepresentation, KeycloakAdmin } from './keycloak-admin.ts';

export interface Comparison {
  readonly difference: KeycloakDifference;
  /** The representations behind `added`. */
  readonly added: readonly ClientRepresentation[];
  /** Clients that are back after they had vanished. */
  readonly returned: readonly string[];
}

/** What is in Keycloak and what is here, by uuid. Throws PROVIDER_UNAVAILABLE, CONFLICT. */
export async function compareWithKeycloak(rooms: Rooms, admin: KeycloakAdmin): Promise<Comparison> {
  const { keycloak, clients } = rooms.store;
  const there = await admin.clients();
  const mirrored = await keycloak.mirrored();
  const waiting = await keycloak.outbox();
  // What waits to be told there is newer than what is there.
  const isAhead = new Set(waiting.map(({ clientId }) => clientId));
  const isLeaving = new Set(waiting.map(({ uuid }) => uuid));
  const byUuid = new Map(mirrored.flatMap((one) => (one.uuid === null ? [] : [[one.uuid, one] as const])));
  const difference: KeycloakDifference = {
    added: [],
    renamed: [],
    disabled: [],
    enabled: [],
    vanished: [],
    conflicting: [],
  };
  const added: ClientRepresentation[] = [];
  const returned: string[] = [];
  for (const client of there) {
    const known = byUuid.get(client.id);
    byUuid.delete(client.id);
    if (isLeaving.has(client.id) || (known && isAhead.has(known.clientId))) continue;
    if (known) {
      if (known.vanishedAt !== null) returned.push(known.clientId);
      compareOne(client, known, difference);
      continue;
    }
    const named = { clientId: client.clientId, name: nameOf(client) };
    if ((await clients.findByClientId(client.clientId)) !== undefined) {
      // Being created at this moment, or another one of the same name: never matched by it.
      if (!mirrored.some(({ publicId }) => publicId === client.clientId)) difference.conflicting.push(named);
      continue;
    }
    added.push(client);
    difference.added.push(named);
  }
  for (const known of byUuid.values()) {
    if (known.vanishedAt !== null || known.uuid === null || isAhead.has(known.clientId)) continue;
    // A page may have moved while the pages were read, and a client may be one no longer that is for us.
    if ((await admin.find(known.uuid)) === null) difference.vanished.push(shown(known));
  }
  return { difference, added, returned };
}

function compareOne(
  client: ClientRepresentation,
  known: MirroredClient,
  difference: KeycloakDifference,
): void {
  const { clientId: id, publicId: clientId } = known;
  const name = nameOf(client);
  if (name !== known.name) difference.renamed.push({ id, clientId, from: known.name, to: name });
  const isEnabled = known.enabled === 1;
  if (isEnabled && !client.enabled) difference.disabled.push(shown(known));
  if (!isEnabled && client.enabled) difference.enabled.push(shown(known));
}

const shown = ({ clientId: id, publicId: clientId, name }: MirroredClient) => ({ id, clientId, name });

/** Names that people give in Keycloak may be missing, or have in them what ours may not. */
export function nameOf({ name, clientId }: ClientRepresentation): string {
  const clean = (name ?? '').replace(/\p{Cc}/gu, '').trim();
  return (clean === '' ? clientId : clean).slice(0, 120).trim();
}
