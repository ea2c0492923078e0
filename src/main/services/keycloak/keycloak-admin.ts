import { z } from 'zod';
import { ChanceryError } from '../../../shared/errors.ts';
import { isLoopbackUrl } from '../../../shared/model/identity-provider.ts';
import { type BoundedFetch, boundedFetch, jsonOf } from '../calls/bounded-fetch.ts';
import type { Clock } from '../rooms.ts';

export interface KeycloakAccount {
  readonly url: string;
  readonly realm: string;
  readonly clientId: string;
  readonly secret: string;
  readonly ca: string | null;
}

/** As far as it matters here; the rest of the representation is kept as it is, since PUT replaces all of it. */
const ClientRepresentation = z.looseObject({
  id: z.string().min(1).max(100),
  clientId: z.string().min(1).max(255),
  name: z.string().nullish(),
  enabled: z.boolean().default(true),
  protocol: z.string().nullish(),
  publicClient: z.boolean().nullish(),
  bearerOnly: z.boolean().nullish(),
  serviceAccountsEnabled: z.boolean().nullish(),
});
export type ClientRepresentation = z.infer<typeof ClientRepresentation>;

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().default(60) });
const Secret = z.object({ value: z.string().min(1) });
const User = z.object({ id: z.string().min(1) });

const pageSize = 100;
const mostClients = 20_000;

/** Clients that every realm has, and that are not for us to touch. */
const builtIn = new Set([
  'account',
  'account-console',
  'admin-cli',
  'broker',
  'realm-management',
  'security-admin-console',
]);

/** The part of Keycloak's admin REST API that is about clients, as a service account. */
export class KeycloakAdmin {
  readonly #account: KeycloakAccount;
  readonly #clock: Clock;
  readonly #fetch: BoundedFetch;
  readonly #realmUrl: string;
  #token: { readonly value: string; readonly until: number } | undefined;

  constructor(account: KeycloakAccount, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
    const { url, ca } = account;
    this.#fetch = boundedFetch({
      ca: ca ?? undefined,
      mayBeLoopback: isLoopbackUrl(url),
      maxBytes: 8_000_000,
    });
    this.#realmUrl = `${url.replace(/\/$/, '')}/admin/realms/${encodeURIComponent(account.realm)}`;
  }

  /** All confidential clients with a service account, but for built-in ones and our own account. */
  async clients(): Promise<ClientRepresentation[]> {
    const found = new Map<string, ClientRepresentation>();
    for (let first = 0; first < mostClients; first += pageSize) {
      const page = z
        .array(ClientRepresentation)
        .safeParse(await this.#json(`/clients?first=${first}&max=${pageSize}`));
      if (!page.success) throw strange(page.error);
      for (const one of page.data) found.set(one.id, one);
      if (page.data.length < pageSize) break;
    }
    return [...found.values()].filter((one) => this.#isForUs(one));
  }

  async find(uuid: string): Promise<ClientRepresentation | null> {
    const answer = await this.#send('GET', `/clients/${encodeURIComponent(uuid)}`);
    return answer.status === 404 ? null : this.#read(answer, ClientRepresentation);
  }

  /** By the id that the client shows. */
  async findByClientId(clientId: string): Promise<ClientRepresentation | null> {
    const found = await this.#read(
      await this.#send('GET', `/clients?clientId=${encodeURIComponent(clientId)}`),
      z.array(ClientRepresentation),
    );
    return found.find((one) => one.clientId === clientId) ?? null;
  }

  /** Answers its uuid. Throws ALREADY_EXISTS. */
  async create(client: { clientId: string; name: string; secret: string; mark: string }): Promise<string> {
    const { mark, ...fields } = client;
    const answer = await this.#send('POST', '/clients', {
      ...fields,
      enabled: true,
      protocol: 'openid-connect',
      publicClient: false,
      serviceAccountsEnabled: true,
      standardFlowEnabled: false,
      directAccessGrantsEnabled: false,
      clientAuthenticatorType: 'client-secret',
      attributes: { [markAttribute]: mark },
    });
    if (answer.status === 409) {
      throw new ChanceryError({
        code: 'ALREADY_EXISTS',
        detail: `Keycloak has a client '${client.clientId}' already.`,
      });
    }
    await this.#expect(answer, 201);
    const uuid = answer.headers.get('location')?.split('/').at(-1);
    if (uuid) return uuid;
    const made = await this.findByClientId(client.clientId);
    if (made) return made.id;
    throw strange();
  }

  /** Writes changes over the representation as it is now; null where the client is gone. */
  async change(uuid: string, changes: { name: string; enabled: boolean }): Promise<null | undefined> {
    const before = await this.find(uuid);
    if (!before) return null;
    if (before.name === changes.name && before.enabled === changes.enabled) return undefined;
    const answer = await this.#send('PUT', `/clients/${encodeURIComponent(uuid)}`, { ...before, ...changes });
    if (answer.status === 404) return null;
    await this.#expect(answer, 204);
    return undefined;
  }

  /** One that is gone already is deleted, too. */
  async delete(uuid: string): Promise<void> {
    const answer = await this.#send('DELETE', `/clients/${encodeURIComponent(uuid)}`);
    if (answer.status !== 404) await this.#expect(answer, 204);
  }

  async secret(uuid: string): Promise<string> {
    const path = `/clients/${encodeURIComponent(uuid)}/client-secret`;
    return (await this.#read(await this.#send('GET', path), Secret)).value;
  }

  async resetSecret(uuid: string): Promise<string> {
    const path = `/clients/${encodeURIComponent(uuid)}/client-secret`;
    return (await this.#read(await this.#send('POST', path, {}), Secret)).value;
  }

  /** Id of the user that the client's own tokens have as their subject. */
  async serviceAccountId(uuid: string): Promise<string> {
    const path = `/clients/${encodeURIComponent(uuid)}/service-account-user`;
    return (await this.#read(await this.#send('GET', path), User)).id;
  }

  #isForUs({
    clientId,
    protocol,
    publicClient,
    bearerOnly,
    serviceAccountsEnabled,
  }: ClientRepresentation): boolean {
    return (
      (protocol ?? 'openid-connect') === 'openid-connect' &&
      publicClient !== true &&
      bearerOnly !== true &&
      serviceAccountsEnabled === true &&
      !builtIn.has(clientId) &&
      !clientId.endsWith('-realm') &&
      clientId !== this.#account.clientId
    );
  }

  async #json(path: string): Promise<unknown> {
    const answer = await this.#send('GET', path);
    await this.#expect(answer, 200);
    return jsonOf(answer, this.#realmUrl);
  }

  async #read<T extends z.ZodType>(answer: Response, shape: T): Promise<z.output<T>> {
    await this.#expect(answer, 200);
    const read = shape.safeParse(await jsonOf(answer, this.#realmUrl));
    if (read.success) return read.data;
    throw strange(read.error);
  }

  async #send(method: string, path: string, body?: object): Promise<Response> {
    const once = async () =>
      this.#fetch(`${this.#realmUrl}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${await this.#accessToken()}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    const answer = await once();
    if (answer.status !== 401) return answer;
    // The token may have been revoked before its time.
    this.#token = undefined;
    return once();
  }

  async #accessToken(): Promise<string> {
    const now = this.#clock().getTime();
    if (this.#token && now < this.#token.until) return this.#token.value;
    const { url, realm, clientId, secret } = this.#account;
    const address = `${url.replace(/\/$/, '')}/realms/${encodeURIComponent(realm)}/protocol/openid-connect/token`;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret };
    const answer = await this.#fetch(address, { method: 'POST', body: new URLSearchParams(form) });
    if (answer.status === 400 || answer.status === 401) {
      throw new ChanceryError({
        code: 'CONFLICT',
        detail: `Keycloak does not know the service account ${clientId} of the realm ${realm}, or refuses its secret.`,
      });
    }
    const token = Token.safeParse(await jsonOf(answer, address));
    if (!token.success) throw strange(token.error);
    this.#token = { value: token.data.access_token, until: now + (token.data.expires_in - 15) * 1000 };
    return token.data.access_token;
  }

  async #expect(answer: Response, status: number): Promise<void> {
    if (answer.status === status) return;
    if (answer.status === 403 || answer.status === 401) {
      throw new ChanceryError({
        code: 'CONFLICT',
        detail: `Keycloak does not permit this to the service account ${this.#account.clientId}.`,
        hint: 'Give it manage-clients, view-clients, manage-users and view-users of realm-management.',
      });
    }
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
      throw new ChanceryError({
        code: 'CONFLICT',
        detail: `Keycloak refused with the status ${answer.status}.`,
      });
    }
    throw new ChanceryError({
      code: 'PROVIDER_UNAVAILABLE',
      detail: `Keycloak answers with the status ${answer.status}.`,
      data: { retryAfterSeconds: 10 },
    });
  }
}

/** Says in Keycloak which client of ours it is, so that what was left half done is found again. */
export const markAttribute = 'chancery.client';

function strange(cause?: unknown): ChanceryError {
  return new ChanceryError({
    code: 'PROVIDER_UNAVAILABLE',
    detail: 'What Keycloak answers is not what its admin API says.',
    hint: 'Check its address, and whether something stands before it.',
    cause,
  });
}
