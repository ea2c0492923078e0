import type { Access } from '../../../shared/model/access.ts';
import { globalPermissions, type Permission, permissions } from '../../../shared/model/permissions.ts';
import { operations } from '../../../shared/operations/index.ts';
import { type Grant, type Principal, type RealmSet, reaches } from '../context.ts';
import type { Rooms } from '../rooms.ts';

const operationsByPermission = Map.groupBy<string, { id: string; permission: string }>(
  operations,
  ({ permission }) => permission,
);

/** The slugs of those realms that the caller sees, null for all. */
export async function visibleRealms(
  rooms: Rooms,
  caller: Principal,
): Promise<(realms: RealmSet) => string[] | null> {
  const slugs = await rooms.realms.slugs();
  return (realms) =>
    realms === 'all'
      ? null
      : realms
          .filter((id) => reaches({ ...caller, closedRealms: new Set() }, id))
          .flatMap((id) => slugs.get(id) ?? []);
}

/** What somebody may do and which role gives it, as far as the caller sees the realms. */
export async function explainAccess(
  rooms: Rooms,
  caller: Principal,
  { kind, id, name }: Pick<Access, 'kind' | 'id' | 'name'>,
  grants: readonly Grant[],
  isDisabled: boolean,
): Promise<Access> {
  const visible = await visibleRealms(rooms, caller);
  const seen = grants
    .map((grant) => ({ ...grant, slugs: visible(grant.realms) }))
    .filter(({ slugs }) => slugs === null || slugs.length > 0);
  const becauseOf = (permission: Permission) =>
    seen
      .filter((grant) => grant.permissions.has(permission))
      .map(({ role, ownOnly, slugs }) => ({
        role,
        realms: slugs,
        ownOnly: ownOnly.has(permission),
        holds: slugs === null || !globalPermissions.has(permission),
      }));
  return {
    kind,
    id,
    name,
    obstacle: isDisabled ? 'disabled' : grants.length > 0 ? null : kind === 'client' ? 'no-realm' : 'no-role',
    roles: seen.map(({ role, slugs }) => ({ role, realms: slugs })),
    permissions: permissions.flatMap((permission) => {
      const because = becauseOf(permission);
      if (because.length === 0) return [];
      const needing = operationsByPermission.get(permission) ?? [];
      return [{ permission, operations: needing.map((operation) => operation.id), because }];
    }),
  };
}
