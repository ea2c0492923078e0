import { ProfileSettings } from '../../../shared/model/profile.ts';
import type { Profile } from '../../../shared/operations/profiles.ts';
import type { ProfileRow } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';

/** What a row says beside its columns. */
export function settingsOf({ settings }: Pick<ProfileRow, 'settings'>): ProfileSettings {
  return ProfileSettings.parse(JSON.parse(settings));
}

/** Presents rows: the names of realms, policies and issuers are looked up once for all of them. */
export async function profilePresenter(rooms: Rooms): Promise<(row: ProfileRow) => Profile> {
  const realms = await rooms.realms.slugs();
  const policies = new Map((await rooms.store.policies.policies(null)).map(({ id, slug }) => [id, slug]));
  const issuers = await rooms.authorities.all();
  return (row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    realm: realms.get(row.realmId) ?? '',
    policy: policies.get(row.policyId) ?? '',
    policyId: row.policyId,
    issuer: row.authorityId === null ? null : (issuers.get(row.authorityId)?.row.slug ?? null),
    issuerId: row.authorityId,
    enrolmentMethods: JSON.parse(row.enrolmentMethods) as Profile['enrolmentMethods'],
    defaultValidity: row.defaultValidity,
    defaultKeyAlgorithm: row.defaultKeyAlgorithm as Profile['defaultKeyAlgorithm'],
    ...settingsOf(row),
    lint: row.lint,
    keysInUse: row.keysInUse,
    createdAt: new Date(row.createdAt).toISOString(),
  });
}
