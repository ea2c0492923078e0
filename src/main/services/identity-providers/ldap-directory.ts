import { connect as connectPlain, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  Client,
  type Entry,
  InvalidCredentialsError,
  ResultCodeError,
  UnwillingToPerformError,
} from 'ldapts';
import { ChanceryError } from '../../../shared/errors.ts';
import type { Claims, LdapSettings } from '../../../shared/model/identity-provider.ts';
import { fillFilter, parseAccountName } from '../../domain/index.ts';

export interface DirectoryAccount {
  readonly dn: string;
  /** Its attributes, with `groups` (names of entries) and `groupNames` (what they are called). */
  readonly claims: Claims;
}

const timeoutMs = 10_000;
const mostGroups = 1_000;
/** Attributes that nobody needs for a rule, and that may be large or secret. */
const leftOut = /^(?:userPassword|.*;binary|jpegPhoto|thumbnailPhoto|userCertificate|unicodePwd)$/i;

/** A directory by LDAP (RFC 4511), never spoken to in clear: LDAPS, or StartTLS before the first word. */
export class LdapDirectory {
  readonly #settings: LdapSettings;
  readonly #bindPassword: string | null;

  constructor(settings: LdapSettings, bindPassword: string | null) {
    this.#settings = settings;
    this.#bindPassword = bindPassword;
  }

  /** Connects, binds and reads the base of the search. Throws PROVIDER_UNAVAILABLE with what is wrong. */
  tryOut(): Promise<string> {
    return this.#asSearcher(async (client) => {
      const { baseDn } = this.#settings;
      const { searchEntries } = await client.search(baseDn, {
        scope: 'base',
        attributes: ['1.1'],
        sizeLimit: 1,
      });
      if (searchEntries.length === 1) return `It answers, and ${baseDn} is there.`;
      throw new ChanceryError({
        code: 'PROVIDER_UNAVAILABLE',
        detail: `Below ${baseDn} nothing can be read.`,
      });
    });
  }

  /** The one account of that name, however it is written; undefined where there is none, or more than one. */
  find(name: string): Promise<DirectoryAccount | undefined> {
    return this.#asSearcher((client) => this.#find(client, name));
  }

  /**
   * The account, if that is its password. Throws WRONG_CREDENTIALS, and PROVIDER_UNAVAILABLE where the directory
   * cannot say.
   */
  async verify(name: string, password: string): Promise<DirectoryAccount> {
    // A bind without a password is one as nobody, and succeeds (RFC 4513 section 5.1.2).
    if (password === '') throw wrongCredentials();
    const account = await this.find(name);
    if (!account) throw wrongCredentials();
    await this.#connected(async (client) => {
      await client.bind(account.dn, password).catch((cause: unknown) => {
        const isRefused =
          cause instanceof InvalidCredentialsError || cause instanceof UnwillingToPerformError;
        throw isRefused ? wrongCredentials(cause) : cause;
      });
    });
    return account;
  }

  async #find(client: Client, name: string): Promise<DirectoryAccount | undefined> {
    const { baseDn, userFilter } = this.#settings;
    const { username, domain } = parseAccountName(name);
    const filter = fillFilter(userFilter, { username, domain: domain ?? '' });
    const { searchEntries } = await client.search(baseDn, {
      scope: 'sub',
      filter,
      attributes: ['*', 'memberOf'],
      sizeLimit: 2,
    });
    const [entry] = searchEntries;
    // Two accounts of one name: nobody can say which of them is meant.
    if (!entry || searchEntries.length > 1) return undefined;
    const groups = [...textsOf(entry, 'memberOf'), ...(await this.#searchGroups(client, entry.dn))];
    const named = [...new Set(groups)];
    const attributes = Object.keys(entry).filter((key) => key !== 'dn' && !leftOut.test(key));
    const claims = {
      ...Object.fromEntries(attributes.map((key) => [key, textsOf(entry, key)])),
      dn: entry.dn,
      groups: named,
      groupNames: named.flatMap((dn) => /^[^=,+]+=((?:\\.|[^,+\\])+)/.exec(dn)?.[1] ?? []),
    };
    return { dn: entry.dn, claims };
  }

  async #searchGroups(client: Client, dn: string): Promise<string[]> {
    const { groupBaseDn, groupFilter } = this.#settings;
    if (groupBaseDn === undefined) return [];
    const { searchEntries } = await client.search(groupBaseDn, {
      scope: 'sub',
      filter: fillFilter(groupFilter, { dn }),
      attributes: ['1.1'],
      sizeLimit: mostGroups,
    });
    return searchEntries.map((entry) => entry.dn);
  }

  #asSearcher<T>(work: (client: Client) => Promise<T>): Promise<T> {
    return this.#connected(async (client) => {
      const { bindDn } = this.#settings;
      if (bindDn !== '') {
        await client.bind(bindDn, this.#bindPassword ?? '').catch((cause: unknown) => {
          throw cause instanceof InvalidCredentialsError || cause instanceof UnwillingToPerformError
            ? unavailable(`it does not let ${bindDn} in`, cause)
            : cause;
        });
      }
      return work(client);
    });
  }

  async #connected<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const { url, ca } = this.#settings;
    const { hostname, protocol } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    const tlsOptions = {
      ...(isIP(host) > 0 ? { host } : { servername: host }),
      minVersion: 'TLSv1.2' as const,
      ...(ca !== undefined && { ca }),
    };
    let connections = 0;
    // The client would connect again by itself, in clear, and send the password there.
    const once = <Connect extends typeof connectPlain | typeof connectTls>(connect: Connect) =>
      ((...to: Parameters<Connect>) => {
        connections += 1;
        if (connections > 1) throw new Error('the connection was lost');
        return Reflect.apply(connect, undefined, to);
      }) as Connect;
    const client = new Client({
      url,
      timeout: timeoutMs,
      connectTimeout: timeoutMs,
      createConnection: once(connectPlain),
      // Given TLS options, the client would speak TLS from the start, whatever the address says.
      ...(protocol === 'ldaps:' && { tlsOptions, createSecureConnection: once(connectTls) }),
    });
    try {
      if (protocol === 'ldap:') await client.startTLS(tlsOptions);
      return await work(client);
    } catch (error) {
      throw error instanceof ChanceryError ? error : unavailable(reasonOf(error), error);
    } finally {
      await client.unbind().catch(() => undefined);
    }
  }
}

function textsOf(entry: Entry, attribute: string): string[] {
  const key = Object.keys(entry).find((name) => name.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? [] : entry[key];
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => (typeof one === 'string' ? [one] : []));
}

function wrongCredentials(cause?: unknown): ChanceryError {
  return new ChanceryError({
    code: 'WRONG_CREDENTIALS',
    detail: 'The name or the password is not right.',
    cause,
  });
}

function unavailable(reason: string, cause?: unknown): ChanceryError {
  return new ChanceryError({
    code: 'PROVIDER_UNAVAILABLE',
    detail: `The directory cannot be used: ${reason}.`,
    data: { retryAfterSeconds: 10 },
    cause,
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof ResultCodeError) return `it answers with the result ${error.code} (${error.name})`;
  const { code, message } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  if (code === 'ECONNREFUSED') return 'nothing answers there';
  if (typeof code === 'string' && /CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(code))
    return `its certificate is not trusted (${code})`;
  return message ?? 'it does not answer';
}
