/**
 * Keycloak beside us. What it is for: API clients that are in both, whichever side made them. Its invariant: what
 * was decided here is written down before Keycloak is told, and told until it is done; what was changed there is
 * taken in by uuid, and deletes nothing here; while Keycloak is down, slow or wrong, everything else goes on. What
 * does not belong: what a client may do (roles, tokens).
 */
import { ChanceryError } from '../../../shared/errors.ts';
import type { KeycloakConnectionRow } from '../../store/index.ts';
import { OidcIssuer } from '../identity-providers/oidc-issuer.ts';
import type { Rooms } from '../rooms.ts';
import { KeycloakAdmin } from './keycloak-admin.ts';

export interface Connected {
  readonly row: KeycloakConnectionRow;
  readonly admin: KeycloakAdmin;
  readonly issuer: OidcIssuer;
}

/** The connection as it is now: made once, and again after a change or a lock. */
export class KeycloakOffice {
  readonly #rooms: Pick<Rooms, 'store' | 'vault' | 'clock'>;
  #connected: Promise<Connected | null> | undefined;

  constructor(rooms: Pick<Rooms, 'store' | 'vault' | 'clock'>) {
    this.#rooms = rooms;
    rooms.vault.onLock(() => this.refresh());
  }

  refresh(): void {
    this.#connected = undefined;
  }

  /** Null where nobody set it up. Throws LOCKED. */
  connected(): Promise<Connected | null> {
    this.#connected ??= this.#open().catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
    return this.#connected;
  }

  /** Throws CONFLICT where there is no connection. */
  async require(): Promise<Connected> {
    const connected = await this.connected();
    if (connected) return connected;
    throw new ChanceryError({
      code: 'CONFLICT',
      detail: 'There is no connection to Keycloak.',
      hint: 'Set it up in the settings, or with `chancery keycloak connect`.',
    });
  }

  async #open(): Promise<Connected | null> {
    const { store, vault, clock } = this.#rooms;
    const row = await store.keycloak.connection();
    if (!row) return null;
    const { url, realm, clientId, ca } = row;
    const secret = Buffer.from(vault.open(keycloakPurpose, row.sealed)).toString();
    const issuer = new OidcIssuer({
      issuer: issuerOf(row),
      ca: ca ?? undefined,
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      clock,
    });
    return { row, issuer, admin: new KeycloakAdmin({ url, realm, clientId, secret, ca }, clock) };
  }
}

/** What the service account's secret is sealed for. */
export const keycloakPurpose = 'keycloak';

export function issuerOf({ url, realm }: Pick<KeycloakConnectionRow, 'url' | 'realm'>): string {
  return `${url.replace(/\/$/, '')}/realms/${encodeURIComponent(realm)}`;
}

export function tokenEndpointOf(row: Pick<KeycloakConnectionRow, 'url' | 'realm'>): string {
  return `${issuerOf(row)}/protocol/openid-connect/token`;
}
