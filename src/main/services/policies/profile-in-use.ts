import { ChanceryError } from '../../../shared/errors.ts';
import type { RealmRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import type { KnownProfile } from './profile-directory.ts';

/** A profile with what it leads to. */
export interface ProfileInUse extends KnownProfile {
  readonly realm: RealmRow;
}

/** The profile of that slug or id that the caller means: the one in the realm named, else the only one of its realms. */
export async function requireProfile(
  rooms: Rooms,
  context: Context,
  reference: string,
  realmReference: string | undefined,
): Promise<ProfileInUse> {
  const realmIds = await rooms.realms.scope(context.principal, realmReference);
  const found = await rooms.profiles.find(reference, realmIds);
  const [first] = found;
  if (!first) {
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `There is no profile '${reference}'.`,
      hint: await usableProfiles(rooms, realmIds),
    });
  }
  // The realm decides between profiles of one slug; where it is not named and cannot be told, this throws.
  const realm =
    found.length === 1
      ? await rooms.realms.require(context.principal, first.row.realmId)
      : await rooms.realms.choose(context.principal, realmReference);
  return { ...(found.find(({ row }) => row.realmId === realm.id) ?? first), realm };
}

/** The profile of a call that names none: the client's own default. Throws INVALID_INPUT naming those it may use. */
export async function defaultProfile(rooms: Rooms, context: Context): Promise<ProfileInUse> {
  const { principal } = context;
  const client =
    principal.kind === 'client' && principal.id ? await rooms.store.clients.find(principal.id) : undefined;
  const profile = client?.defaultProfileId ? await rooms.profiles.byId(client.defaultProfileId) : undefined;
  const realmIds = await rooms.realms.scope(principal);
  if (profile && realmIds.includes(profile.row.realmId)) {
    return { ...profile, realm: await rooms.realms.require(principal, profile.row.realmId) };
  }
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'The call names no profile, and the caller has no default one.',
    hint: await usableProfiles(rooms, realmIds),
    violations: [{ path: ['profile'], rule: 'required', message: 'name a profile' }],
  });
}

async function usableProfiles(rooms: Rooms, realmIds: readonly string[]): Promise<string> {
  const profiles = await rooms.profiles.all(realmIds);
  return profiles.length === 0
    ? 'There are no profiles yet; create one first.'
    : `Profiles that can be used: ${profiles.map(({ row }) => row.slug).join(', ')}.`;
}
