/**
 * Who vouches from outside. What it is for: operators, tokens and accounts of an identity provider, as far as its
 * rules give them anything. Its invariant: deny by default: whom no rule names is nobody, a provider that is not
 * enabled vouches for no one, and one that is down keeps nobody out who signs in here. What does not belong: what
 * roles permit, and how calls go out (calls/).
 */
import { ChanceryError } from '../../../shared/errors.ts';
import {
  type IdentityRule,
  type LdapSettings,
  type OidcSettings,
  ProviderSettings,
} from '../../../shared/model/identity-provider.ts';
import type { IdentityProviderRow } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';
import { OidcIssuer } from './oidc-issuer.ts';

/** A rule as it is stored: realms by their ids, null for all. */
export interface StoredRule extends Pick<IdentityRule, 'claim' | 'value' | 'role'> {
  readonly realms: readonly string[] | null;
}

export interface Provider<Settings = ProviderSettings> {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly settings: Settings;
  readonly rules: readonly StoredRule[];
  readonly row: IdentityProviderRow;
}

export type OidcProvider = Provider<OidcSettings>;
export type LdapProvider = Provider<LdapSettings>;

/** The identity providers, which are few and asked for often: read once, and again after a change. */
export class ProviderDirectory {
  readonly #rooms: Pick<Rooms, 'store' | 'clock' | 'vault'>;
  #providers: readonly Provider[] | undefined;
  readonly #issuers = new WeakMap<Provider, OidcIssuer>();

  constructor(rooms: Pick<Rooms, 'store' | 'clock' | 'vault'>) {
    this.#rooms = rooms;
  }

  /** To be called after one was changed: what was learnt of it is learnt again. */
  refresh(): void {
    this.#providers = undefined;
  }

  async all(): Promise<readonly Provider[]> {
    this.#providers ??= (await this.#rooms.store.identityProviders.all()).map(providerOf);
    return this.#providers;
  }

  /** By slug or id. Throws NOT_FOUND. */
  async require(reference: string): Promise<Provider> {
    const found = (await this.all()).find(({ id, slug }) => id === reference || slug === reference);
    if (found) return found;
    throw new ChanceryError({
      code: 'NOT_FOUND',
      detail: `There is no identity provider '${reference}'.`,
    });
  }

  async enabledOidc(): Promise<OidcProvider[]> {
    return (await this.all()).filter(isOidc).filter(({ isEnabled }) => isEnabled);
  }

  async enabledLdap(): Promise<LdapProvider[]> {
    return (await this.all()).filter(isLdap).filter(({ isEnabled }) => isEnabled);
  }

  issuerOf(provider: OidcProvider): OidcIssuer {
    const { issuer, ca, algorithms } = provider.settings;
    const known = this.#issuers.get(provider);
    if (known) return known;
    const made = new OidcIssuer({ issuer, ca, algorithms, clock: this.#rooms.clock });
    this.#issuers.set(provider, made);
    return made;
  }

  /** Of the client, or the password of who searches; null where there is none. Throws LOCKED. */
  secretOf({ id, row }: Provider): string | null {
    if (row.sealed === null) return null;
    return Buffer.from(this.#rooms.vault.open(secretPurpose(id), row.sealed)).toString();
  }
}

/** What a provider's secret is sealed for. */
export function secretPurpose(providerId: string): string {
  return `identity-provider:${providerId}`;
}

export function isOidc(provider: Provider): provider is OidcProvider {
  return provider.settings.kind === 'oidc';
}

export function isLdap(provider: Provider): provider is LdapProvider {
  return provider.settings.kind === 'ldap';
}

function providerOf(row: IdentityProviderRow): Provider {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    isEnabled: row.enabled === 1,
    settings: ProviderSettings.parse(JSON.parse(row.settings)),
    rules: JSON.parse(row.rules) as StoredRule[],
    row,
  };
}
