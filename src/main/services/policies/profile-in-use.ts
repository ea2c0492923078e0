import { ChanceryError } from '../../../shared/errors.ts';
import { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { PolicyRow, ProfileRow, RealmRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';

/** A profile with what it leads to. */
export interface ProfileInUse {
  readonly row: ProfileRow;
  readonly realm: RealmRow;
  readonly policy: PolicyRow;
  readonly definition: PolicyDefinition;
}

/** The profile of that slug or id that the caller means: the one in the realm named, else the only one of its realms. */
export async function requireProfile(
  rooms: Rooms,
  context: Context,
  reference: string,
  realmReference: string | undefined,
): Promise<ProfileInUse> {
  const realmIds = await rooms.realms.scope(context.principal, realmReference);
  const found = await rooms.store.policies.findProfiles(reference, realmIds);
  const [row] = found;
  if (!row) {
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `There is no profile '${reference}'.`,
      hint: await usableProfiles(rooms, realmIds),
    });
  }
  // The realm decides between profiles of one slug; where it is not named and cannot be told, this throws.
  const realm =
    found.length === 1
      ? await rooms.realms.require(context.principal, row.realmId)
      : await rooms.realms.choose(context.principal, realmReference);
  return profileWithPolicy(rooms, found.find((one) => one.realmId === realm.id) ?? row, realm);
}

/** The profile of a call that names none: the client's own default. Throws INVALID_INPUT naming those it may use. */
export async function defaultProfile(rooms: Rooms, context: Context): Promise<ProfileInUse> {
  const { principal } = context;
  const client =
    principal.kind === 'client' && principal.id ? await rooms.store.clients.find(principal.id) : undefined;
  const row = client?.defaultProfileId
    ? await rooms.store.policies.findProfileById(client.defaultProfileId)
    : undefined;
  const realmIds = await rooms.realms.scope(principal);
  if (row && realmIds.includes(row.realmId)) {
    return profileWithPolicy(rooms, row, await rooms.realms.require(principal, row.realmId));
  }
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'The call names no profile, and the caller has no default one.',
    hint: await usableProfiles(rooms, realmIds),
    violations: [{ path: ['profile'], rule: 'required', message: 'name a profile' }],
  });
}

/** The profile of that id with what it leads to, wherever it lies. */
export async function profileWithPolicy(
  rooms: Rooms,
  row: ProfileRow,
  realm: RealmRow,
): Promise<ProfileInUse> {
  const policy = await rooms.store.policies.findPolicyById(row.policyId);
  if (!policy) throw new Error(`profile ${row.id} has no policy`);
  return { row, realm, policy, definition: PolicyDefinition.parse(JSON.parse(policy.definition)) };
}

async function usableProfiles(rooms: Rooms, realmIds: readonly string[]): Promise<string> {
  const profiles = await rooms.store.policies.profiles(realmIds);
  return profiles.length === 0
    ? 'There are no profiles yet; create one first.'
    : `Profiles that can be used: ${profiles.map((profile) => profile.slug).join(', ')}.`;
}
