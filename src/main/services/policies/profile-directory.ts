import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { ProfileSettings } from '../../../shared/model/profile.ts';
import type { PolicyRow, ProfileRow, Store } from '../../store/index.ts';
import { settingsOf } from './present-profile.ts';
import { definitionOf } from './require-policy.ts';

/** A profile with its settings and its policy, decoded. */
export interface KnownProfile extends ProfileSettings {
  readonly row: ProfileRow;
  readonly policy: PolicyRow;
  readonly definition: PolicyDefinition;
}

/** The profiles, which are few and asked for by every issuance: decoded once, and again after a change. */
export class ProfileDirectory {
  readonly #store: Store;
  #profiles: Promise<readonly KnownProfile[]> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** To be called after policies or profiles were changed. */
  refresh(): void {
    this.#profiles = undefined;
  }

  /** All of the realms, the oldest first; null for all realms. */
  async all(realmIds: readonly string[] | null): Promise<readonly KnownProfile[]> {
    this.#profiles ??= this.#load();
    const profiles = await this.#profiles;
    return realmIds === null ? profiles : profiles.filter(({ row }) => realmIds.includes(row.realmId));
  }

  async byId(id: string): Promise<KnownProfile | undefined> {
    return (await this.all(null)).find(({ row }) => row.id === id);
  }

  /** All of that slug or id, in the realms given; null for all. */
  async find(reference: string, realmIds: readonly string[] | null): Promise<readonly KnownProfile[]> {
    return (await this.all(realmIds)).filter(({ row }) => row.slug === reference || row.id === reference);
  }

  async #load(): Promise<readonly KnownProfile[]> {
    const { policies } = this.#store;
    const decoded = new Map(
      (await policies.policies(null)).map((policy) => [
        policy.id,
        { policy, definition: definitionOf(policy) },
      ]),
    );
    return (await policies.profiles(null)).map((row) => {
      const policy = decoded.get(row.policyId);
      if (!policy) throw new Error(`profile ${row.id} has no policy`);
      return { row, ...policy, ...settingsOf(row) };
    });
  }
}
