import { ChanceryError } from '../../../shared/errors.ts';
import type { Permission } from '../../../shared/model/permissions.ts';
import { type Grant, type Principal, type RealmSet, realmsWith } from '../context.ts';

function covers(held: RealmSet, wanted: RealmSet): boolean {
  if (held === 'all') return true;
  return wanted !== 'all' && wanted.every((realmId) => held.includes(realmId));
}

/** A permission of the grant that the principal does not have as far as the grant gives it, or undefined. */
function missing(principal: Principal, grant: Omit<Grant, 'role'>): Permission | undefined {
  return [...grant.permissions].find(
    (permission) => !covers(realmsWith(principal, permission, !grant.ownOnly.has(permission)), grant.realms),
  );
}

/** Whether the principal has all that the grants give. */
export function hasAllOf(principal: Principal, grants: readonly Grant[]): boolean {
  return grants.every((grant) => missing(principal, grant) === undefined);
}

/** Nobody gives more than they have: throws FORBIDDEN where the grant has a permission that the principal lacks. */
export function requireMayGive(principal: Principal, grant: Omit<Grant, 'role'>): void {
  const permission = missing(principal, grant);
  if (permission === undefined) return;
  throw new ChanceryError({
    code: 'FORBIDDEN',
    detail: `Nobody gives more than they have: you do not have the permission ${permission} there yourself.`,
  });
}

/** Throws FORBIDDEN unless the principal has all that somebody holds, whom it would change. */
export function requireAsMuchAs(principal: Principal, name: string, grants: readonly Grant[]): void {
  if (hasAllOf(principal, grants)) return;
  throw new ChanceryError({
    code: 'FORBIDDEN',
    detail: `${name} holds permissions that you do not have, so you cannot do this.`,
  });
}
