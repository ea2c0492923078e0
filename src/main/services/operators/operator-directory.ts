import type { OperatorRow, OperatorWithGrants, Store } from '../../store/index.ts';
import { type Grant, type Principal, principalWith } from '../context.ts';
import { grantOf, type RoleDirectory } from '../roles/role-directory.ts';
import type { Rooms } from '../rooms.ts';

/** Whether sign-in is required: from the first operator on, the owner of the machine is nobody in particular. */
export async function signInIsRequired(rooms: Pick<Rooms, 'operators'>): Promise<boolean> {
  return (await rooms.operators.enabled()).length > 0;
}

/** The operators, who are few, with what they hold: read once, and again after a change. */
export class OperatorDirectory {
  readonly #store: Store;
  readonly #roles: RoleDirectory;
  #operators: readonly OperatorWithGrants[] | undefined;

  constructor(store: Store, roles: RoleDirectory) {
    this.#store = store;
    this.#roles = roles;
  }

  /** To be called after operators or their grants were changed. */
  refresh(): void {
    this.#operators = undefined;
  }

  /** By name. */
  async all(): Promise<readonly OperatorWithGrants[]> {
    this.#operators ??= await this.#store.operators.all();
    return this.#operators;
  }

  async enabled(): Promise<readonly OperatorWithGrants[]> {
    return (await this.all()).filter((row) => row.disabledAt === null);
  }

  async find(id: string): Promise<OperatorWithGrants | undefined> {
    return (await this.all()).find((row) => row.id === id);
  }

  /** What the operator holds by now: a session lives longer than a grant. */
  async principal(row: OperatorRow): Promise<Principal> {
    const current = await this.find(row.id);
    const grants = current && current.disabledAt === null ? await this.grants(current) : [];
    return principalWith({ kind: 'operator', id: row.id, name: current?.name ?? row.name }, grants);
  }

  /** The grants, each role with all the realms that it is held in. */
  async grants(row: OperatorWithGrants): Promise<Grant[]> {
    const roles = await this.#roles.all();
    return [...Map.groupBy(row.grants, ({ role }) => role)].flatMap(([slug, held]) => {
      const role = roles.get(slug);
      if (!role) return [];
      const realms = held.flatMap(({ realmId }) => realmId ?? []);
      return [grantOf(role, held.some(({ realmId }) => realmId === null) ? 'all' : realms)];
    });
  }
}
