import { ChanceryError } from '../../../shared/errors.ts';
import { createHmac, randomBytes } from '../../crypto/index.ts';
import { parseAccountName } from '../../domain/index.ts';
import type { Principal } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { externalPrincipal, grantsOf } from './identity-mapping.ts';
import { type DirectoryAccount, LdapDirectory } from './ldap-directory.ts';
import type { LdapProvider } from './provider-directory.ts';

interface Remembered {
  readonly provider: LdapProvider;
  readonly account: DirectoryAccount;
  readonly until: number;
}

const rememberedMs = 60_000;
const mostRemembered = 1_000;
const longestName = 300;
const longestPassword = 1_024;

/**
 * Service accounts of a directory, by name and password (RFC 7617). A password that was right is remembered for a
 * minute as a hash under a key that lives in memory only, so that a script with many calls asks the directory once.
 */
export class DirectoryAccounts {
  readonly #rooms: Pick<Rooms, 'providers' | 'roles' | 'limiter' | 'clock'>;
  readonly #key = randomBytes(32);
  readonly #remembered = new Map<string, Remembered>();

  constructor(rooms: Pick<Rooms, 'providers' | 'roles' | 'limiter' | 'clock'>) {
    this.#rooms = rooms;
  }

  /** Whether any directory is asked at all. */
  async areOffered(): Promise<boolean> {
    return (await this.#rooms.providers.enabledLdap()).length > 0;
  }

  /**
   * Who has that name and password; undefined where no directory is there for the name. Throws WRONG_CREDENTIALS,
   * FORBIDDEN where no rule names the account, RATE_LIMITED, PROVIDER_UNAVAILABLE.
   */
  async verify(name: string, password: string, address: string | null): Promise<Principal | undefined> {
    const provider = await this.#providerFor(name);
    if (!provider) return undefined;
    if (password === '' || password.length > longestPassword || name.length > longestName) throw wrong();
    const key = this.#keyOf(provider, name, password);
    const now = this.#rooms.clock().getTime();
    const known = this.#remembered.get(key);
    // Compared by identity: a provider that was changed is read again, and is another one.
    if (known && known.provider === provider && now < known.until)
      return this.#admitted(provider, known.account);
    this.#remembered.delete(key);
    const account = await this.#rooms.limiter.attempt(`account ${name.toLowerCase()}`, address, () =>
      new LdapDirectory(provider.settings, this.#rooms.providers.secretOf(provider)).verify(name, password),
    );
    this.#remember(key, { provider, account, until: now + rememberedMs });
    return this.#admitted(provider, account);
  }

  /** The directory that has the domain, or else the first that takes any: one alone ever learns the password. */
  async #providerFor(name: string): Promise<LdapProvider | undefined> {
    const providers = await this.#rooms.providers.enabledLdap();
    const domain = parseAccountName(name).domain?.toLowerCase();
    const named = providers.find(({ settings }) =>
      settings.domains.some((one) => one.toLowerCase() === domain),
    );
    return named ?? providers.find(({ settings }) => domain === undefined || settings.domains.length === 0);
  }

  async #admitted(provider: LdapProvider, { dn, claims }: DirectoryAccount): Promise<Principal> {
    const name = /^[^=]+=((?:\\.|[^,+\\])+)/.exec(dn)?.[1] ?? dn;
    const grants = grantsOf(provider, claims);
    const principal = await externalPrincipal(this.#rooms, provider, dn.toLowerCase(), name, grants);
    if (principal) return principal;
    throw new ChanceryError({
      code: 'FORBIDDEN',
      detail: `The directory ${provider.name} has this account, but no rule here gives it anything.`,
      hint: 'An administrator can see what the rules look at, by testing the provider with the name of the account.',
    });
  }

  #keyOf(provider: LdapProvider, name: string, password: string): string {
    const said = JSON.stringify([provider.id, name, password]);
    return createHmac('sha256', this.#key).update(said).digest('base64');
  }

  #remember(key: string, remembered: Remembered): void {
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= mostRemembered && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(key, remembered);
  }
}

function wrong(): ChanceryError {
  return new ChanceryError({
    code: 'WRONG_CREDENTIALS',
    detail: 'The name or the password is not right.',
  });
}
