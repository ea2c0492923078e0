import { ChanceryError } from '../../../shared/errors.ts';
import type { RealmRow, Store } from '../../store/index.ts';
import { type Principal, reaches } from '../context.ts';

/** Slug of the built-in realm of the product's own certificates. */
export const systemRealmSlug = 'system';

const noSuchRealm = (reference: string) =>
  new ChanceryError({ code: 'NOT_FOUND', detail: `There is no realm '${reference}' that you may act in.` });

/** The realms, which are few and asked for by every call: read once, and again after a change. */
export class RealmDirectory {
  readonly #store: Store;
  #realms: readonly RealmRow[] | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** To be called after realms were changed. */
  refresh(): void {
    this.#realms = undefined;
  }

  async all(): Promise<readonly RealmRow[]> {
    this.#realms ??= await this.#store.installation.realms();
    return this.#realms;
  }

  async byId(id: string): Promise<RealmRow | undefined> {
    return (await this.all()).find((realm) => realm.id === id);
  }

  /** Slugs by id, for showing rows. */
  async slugs(): Promise<Map<string, string>> {
    return new Map((await this.all()).map((realm) => [realm.id, realm.slug]));
  }

  /** Ids of those that are archived. */
  async archived(): Promise<ReadonlySet<string>> {
    return new Set((await this.all()).filter((realm) => realm.archivedAt !== null).map(({ id }) => id));
  }

  /** The realm of that slug or id, if the caller reaches it. Throws NOT_FOUND, CONFLICT for an archived one. */
  async require(principal: Principal, reference: string): Promise<RealmRow> {
    const realm = (await this.all()).find((one) => one.slug === reference || one.id === reference);
    if (!realm || !reaches({ ...principal, closedRealms: new Set() }, realm.id)) throw noSuchRealm(reference);
    if (reaches(principal, realm.id)) return realm;
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: `The realm '${realm.slug}' is archived, so nothing is changed in it.`,
      hint: 'Restore it first.',
    });
  }

  /**
   * The realm of a call: the one named, else the caller's only one, SYSTEM not counted. Throws NOT_FOUND, and
   * INVALID_INPUT where none is named and there are several.
   */
  async choose(principal: Principal, reference: string | undefined): Promise<RealmRow> {
    if (reference !== undefined) return this.require(principal, reference);
    const reachable = await this.#open(principal);
    const [only] = reachable;
    if (only && reachable.length === 1) return only;
    if (!only)
      throw new ChanceryError({ code: 'NOT_FOUND', detail: 'There is no realm that you may act in.' });
    const detail = `Several realms are possible: ${reachable.map((realm) => realm.slug).join(', ')}.`;
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail,
      hint: 'Name the realm.',
      violations: [{ path: ['realm'], rule: 'realm.ambiguous', message: detail }],
    });
  }

  /**
   * Ids of the realms whose data a list shows: of the one named, or of all that the caller reaches. SYSTEM holds
   * what Chancery keeps in order by itself; it and archived realms are shown only where they are named.
   */
  async scope(principal: Principal, reference?: string): Promise<readonly string[]> {
    if (reference !== undefined) return [(await this.require(principal, reference)).id];
    return (await this.#open(principal)).map((realm) => realm.id);
  }

  /** Those that the caller reaches, without SYSTEM and without what is archived. */
  async #open(principal: Principal): Promise<RealmRow[]> {
    return (await this.all()).filter(
      (realm) => realm.builtIn === 0 && realm.archivedAt === null && reaches(principal, realm.id),
    );
  }
}
