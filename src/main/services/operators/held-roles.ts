import { ChanceryError } from '../../../shared/errors.ts';
import type { HeldRole } from '../../../shared/model/access.ts';
import type { GrantRow } from '../../store/index.ts';
import { type Context, type Grant, reaches } from '../context.ts';
import { grantOf } from '../roles/role-directory.ts';
import type { Rooms } from '../rooms.ts';

/** A role that is to be given or taken back, as rows and as what it means. */
export interface ChosenGrant {
  readonly rows: readonly GrantRow[];
  readonly grant: Grant;
  /** Slugs, for the audit record; null for all. */
  readonly realms: readonly string[] | null;
}

/** Roles whose work lies in realms, by the table of permissions. */
const realmRoles = ['ra-operator', 'approver'];

/**
 * The role in the realms named, or in all. Throws NOT_FOUND, and INVALID_INPUT where the role is not held like that:
 * administrators act everywhere, RA operators and approvers in realms.
 */
export async function chooseGrant(
  rooms: Rooms,
  { principal }: Context,
  input: { readonly role: string; readonly realms?: readonly string[] | undefined },
): Promise<ChosenGrant> {
  const role = await rooms.roles.require(input.role);
  if (input.realms === undefined) {
    if (realmRoles.includes(role.slug)) {
      throw wrongRealms(`The role ${role.slug} is held in realms: name at least one.`, 'required');
    }
    return { rows: [{ role: role.slug, realmId: null }], grant: grantOf(role, 'all'), realms: null };
  }
  if (role.slug === 'administrator') {
    throw wrongRealms('An administrator acts in all realms: leave the realms out.', 'role.everywhere');
  }
  const named = input.realms.map((reference) => rooms.realms.require(principal, reference));
  const realms = [...new Map((await Promise.all(named)).map((realm) => [realm.id, realm])).values()];
  return {
    rows: realms.map(({ id }) => ({ role: role.slug, realmId: id })),
    grant: grantOf(
      role,
      realms.map(({ id }) => id),
    ),
    realms: realms.map(({ slug }) => slug),
  };
}

function wrongRealms(detail: string, rule: string): ChanceryError {
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail,
    violations: [{ path: ['realms'], rule, message: detail }],
  });
}

/** Roles with their realms' slugs, as far as the caller sees those. */
export async function presentHeld(rooms: Rooms, { principal }: Context) {
  const slugs = await rooms.realms.slugs();
  return (rows: readonly GrantRow[]) =>
    [...Map.groupBy(rows, ({ role }) => role)].flatMap(([role, held]): HeldRole[] => {
      if (held.some(({ realmId }) => realmId === null)) return [{ role, realms: null }];
      const realms = held.flatMap(({ realmId }) =>
        realmId !== null && reaches({ ...principal, closedRealms: new Set() }, realmId)
          ? (slugs.get(realmId) ?? [])
          : [],
      );
      return realms.length === 0 ? [] : [{ role, realms }];
    });
}
