/**
 * Who calls, by which door, and what they may do there: passed to every use case. This is the one place where
 * permissions are checked. Admission narrows the caller to the realms in which it holds the permission of the
 * operation (`narrowTo`), so that a use case only asks whether a realm is reached, and cannot mix up what is
 * held in one realm with what is held in another.
 */
import { ChanceryError } from '../../shared/errors.ts';
import { globalPermissions, type Permission, permissions } from '../../shared/model/permissions.ts';

/** Ids of realms, or all of them, those to come included. */
export type RealmSet = 'all' | readonly string[];

/** What a request says of its sender. */
export type Credentials =
  | { readonly scheme: 'none' }
  | { readonly scheme: 'bearer'; readonly token: string }
  | { readonly scheme: 'basic'; readonly name: string; readonly password: string };

/** A role, where it is held. */
export interface Grant {
  /** Slug of the role. */
  readonly role: string;
  readonly permissions: ReadonlySet<Permission>;
  /** Those of the permissions that hold only for what the holder created, requested or is. */
  readonly ownOnly: ReadonlySet<Permission>;
  readonly realms: RealmSet;
}

/** A caller whose credentials have been checked. */
export interface Principal {
  readonly kind: 'operator' | 'client' | 'system' | 'anonymous';
  /** Id of the operator or client; null for the owner of the machine, the system and nobody. */
  readonly id: string | null;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** The realms that this call may touch. */
  readonly realms: RealmSet;
  /** Those of them in which it may touch what others made, too. */
  readonly fullRealms: RealmSet;
  /** Realms that are archived, where the call would change something. */
  readonly closedRealms?: ReadonlySet<string>;
}

/** A caller with what it holds; as long as no operation is named, it reaches all the realms of its grants. */
export function principalWith(
  who: Pick<Principal, 'kind' | 'id' | 'name'>,
  grants: readonly Grant[],
): Principal {
  const realms = union(grants);
  return { ...who, grants, realms, fullRealms: realms };
}

export const anonymous: Principal = principalWith({ kind: 'anonymous', id: null, name: 'nobody' }, []);

export interface Context {
  readonly principal: Principal;
  /** Which door and from where, for the audit record. */
  readonly door: {
    readonly kind: string;
    readonly address: string | null;
    readonly owner: boolean;
    /** https://host[:port] as the caller sees it; absent where nobody called. */
    readonly origin?: string;
  };
  /** The session's or access token's own handle, so that it can be ended. */
  readonly token: string | null;
  /** Of the request, where the caller sent an Idempotency-Key: the answer is stored with the change. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
}

/** Chancery itself, for what it does without being asked: renewing its CRLs and its listener's certificate. */
export const systemContext: Context = {
  principal: principalWith({ kind: 'system', id: null, name: 'chancery' }, [
    { role: 'system', permissions: new Set(permissions), ownOnly: new Set(), realms: 'all' },
  ]),
  door: { kind: 'process', address: null, owner: false },
  token: null,
  idempotency: null,
  signal: new AbortController().signal,
};

/** Where the permission is held; with `isFull`, only where it holds for what others made, too. */
export function realmsWith(
  { grants }: Pick<Principal, 'grants'>,
  permission: Permission,
  isFull = false,
): RealmSet {
  const giving = grants.filter(
    (grant) => grant.permissions.has(permission) && !(isFull && grant.ownOnly.has(permission)),
  );
  // What concerns the installation as a whole is nobody's who holds it for a part only.
  return union(globalPermissions.has(permission) ? giving.filter(({ realms }) => realms === 'all') : giving);
}

function union(grants: readonly Grant[]): RealmSet {
  if (grants.some(({ realms }) => realms === 'all')) return 'all';
  return [...new Set(grants.flatMap(({ realms }) => realms))];
}

function includes(realms: RealmSet, realmId: string): boolean {
  return realms === 'all' || realms.includes(realmId);
}

/** The caller as it is for an operation with this permission. */
export function narrowTo(principal: Principal, permission: Permission): Principal {
  return {
    ...principal,
    realms: realmsWith(principal, permission),
    fullRealms: realmsWith(principal, permission, true),
  };
}

/** Holds when the principal has the permission in at least one realm. */
export function mayAnywhere(principal: Principal, permission: Permission): boolean {
  const realms = realmsWith(principal, permission);
  return realms === 'all' || realms.length > 0;
}

/** Holds when the principal has the permission in that realm; with `isFull`, for what others made, too. */
export function mayIn(
  principal: Principal,
  permission: Permission,
  realmId: string,
  isFull = false,
): boolean {
  return includes(realmsWith(principal, permission, isFull), realmId);
}

/** Holds when the realms that the call may touch include that one. */
export function reaches(principal: Principal, realmId: string): boolean {
  return includes(principal.realms, realmId) && !principal.closedRealms?.has(realmId);
}

/** Holds when the call may touch what others made there; else only what is the caller's own. */
export function reachesOthers(principal: Principal, realmId: string): boolean {
  return reaches(principal, realmId) && includes(principal.fullRealms, realmId);
}

/** Slugs of the roles that the principal holds in that realm. */
export function rolesIn({ grants }: Principal, realmId: string): string[] {
  return grants.filter(({ realms }) => includes(realms, realmId)).map(({ role }) => role);
}

/** Throws FORBIDDEN, or UNAUTHENTICATED for nobody, unless the permission is held, in that realm where one is given. */
export function requirePermission(principal: Principal, permission: Permission, realmId?: string): void {
  const isHeld =
    realmId === undefined ? mayAnywhere(principal, permission) : mayIn(principal, permission, realmId);
  if (isHeld) return;
  if (principal.kind === 'anonymous') throw unauthenticated();
  throw new ChanceryError({
    code: 'FORBIDDEN',
    detail: `${principal.name} does not have the permission ${permission}.`,
    hint: 'An administrator can give a role that has it.',
  });
}

/** What nobody in particular is told. */
export function unauthenticated(): ChanceryError {
  return new ChanceryError({
    code: 'UNAUTHENTICATED',
    detail: 'This needs a signed-in operator or an API client.',
  });
}

/** Holds when the call may touch nobody's but the caller's own objects. */
export function onlyOwn({ fullRealms }: Principal): boolean {
  return fullRealms !== 'all' && fullRealms.length === 0;
}

/** The caller as a list sees it: limited to realms in which it sees what others made, where there are such. */
export function asLister(principal: Principal): Principal {
  return onlyOwn(principal) ? principal : { ...principal, realms: principal.fullRealms };
}
