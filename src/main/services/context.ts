/** Who calls, by which door, and what they may do there: passed to every use case. */
import { ChanceryError } from '../../shared/errors.ts';
import { type Permission, permissions, type Role } from '../../shared/model/permissions.ts';

/** A caller whose credentials have been checked. */
export interface Principal {
  readonly kind: 'operator' | 'client' | 'system' | 'anonymous';
  /** Id of the operator or client; null for the owner of the machine, the system and nobody. */
  readonly id: string | null;
  readonly name: string;
  readonly role: Role | null;
  readonly permissions: ReadonlySet<Permission>;
  /** Ids of the realms in which the permissions hold, or all. */
  readonly realms: 'all' | readonly string[];
}

export const anonymous: Principal = {
  kind: 'anonymous',
  id: null,
  name: 'nobody',
  role: null,
  permissions: new Set(),
  realms: [],
};

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
  principal: {
    kind: 'system',
    id: null,
    name: 'chancery',
    role: null,
    permissions: new Set(permissions),
    realms: 'all',
  },
  door: { kind: 'process', address: null, owner: false },
  token: null,
  idempotency: null,
  signal: new AbortController().signal,
};

/** Holds when the principal has the permission in at least one realm. */
export function mayAnywhere(principal: Principal, permission: Permission): boolean {
  return principal.permissions.has(permission) && (principal.realms === 'all' || principal.realms.length > 0);
}

/** Holds when the principal's realms include that one. */
export function reaches(principal: Principal, realmId: string): boolean {
  return principal.realms === 'all' || principal.realms.includes(realmId);
}

/** Throws FORBIDDEN, or UNAUTHENTICATED for nobody, unless the permission is held in some realm. */
export function requirePermission(principal: Principal, permission: Permission): void {
  if (mayAnywhere(principal, permission)) return;
  if (principal.kind === 'anonymous') {
    throw new ChanceryError({
      code: 'UNAUTHENTICATED',
      detail: 'This needs a signed-in operator or an API client.',
    });
  }
  throw new ChanceryError({
    code: 'FORBIDDEN',
    detail: `${principal.name} does not have the permission ${permission}.`,
    hint: 'An administrator can give a role that has it.',
  });
}
