import { ChanceryError } from '../../../shared/errors.ts';
import {
  type BuiltInRole,
  ownOnly,
  type Permission,
  roleGrants,
  roleNames,
} from '../../../shared/model/permissions.ts';
import type { RoleRow, Store } from '../../store/index.ts';
import type { Grant, RealmSet } from '../context.ts';

/** A role as it is held: built in, or one of the installation's own. */
export interface KnownRole {
  readonly slug: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly ownOnly: ReadonlySet<Permission>;
  /** Null for a built-in one. */
  readonly row: RoleRow | null;
}

function builtIn(slug: BuiltInRole): KnownRole {
  return {
    slug,
    name: slug,
    permissions: new Set(roleGrants[slug]),
    ownOnly: new Set(ownOnly[slug]),
    row: null,
  };
}

const builtInRoles: readonly KnownRole[] = roleNames.map(builtIn);

/** What the owner of the machine holds. */
export const administratorEverywhere: Grant = grantOf(builtIn('administrator'), 'all');

/** The role, held in those realms. */
export function grantOf({ slug, permissions, ownOnly: own }: KnownRole, realms: RealmSet): Grant {
  return { role: slug, permissions, ownOnly: own, realms };
}

/** The roles, which are few and asked for by every call: read once, and again after a change. */
export class RoleDirectory {
  readonly #store: Store;
  #roles: ReadonlyMap<string, KnownRole> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** To be called after roles were changed. */
  refresh(): void {
    this.#roles = undefined;
  }

  /** By slug, the built-in ones first. */
  async all(): Promise<ReadonlyMap<string, KnownRole>> {
    this.#roles ??= new Map(
      [...builtInRoles, ...(await this.#store.roles.all()).map(own)].map((role) => [role.slug, role]),
    );
    return this.#roles;
  }

  /** Throws NOT_FOUND. */
  async require(slug: string): Promise<KnownRole> {
    const role = (await this.all()).get(slug);
    if (role) return role;
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `There is no role '${slug}'.`,
      hint: `Roles: ${[...(await this.all()).keys()].join(', ')}.`,
    });
  }
}

function own(row: RoleRow): KnownRole {
  return {
    slug: row.slug,
    name: row.name,
    permissions: new Set(JSON.parse(row.permissions) as Permission[]),
    ownOnly: new Set(JSON.parse(row.ownOnly) as Permission[]),
    row,
  };
}
