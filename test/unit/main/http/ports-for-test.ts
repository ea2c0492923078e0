import type { Door } from '../../../../src/main/http/door.ts';
import type { HttpPorts } from '../../../../src/main/http/ports.ts';
import { anonymous, type Principal, principalWith } from '../../../../src/main/services/context.ts';
import type { Handlers } from '../../../../src/main/services/handlers.ts';
import { ChanceryError } from '../../../../src/shared/errors.ts';
import { type Permission, permissions } from '../../../../src/shared/model/permissions.ts';
import { settingDefaults } from '../../../../src/shared/model/settings.ts';

export const listenerDoor: Door = {
  kind: 'listener',
  principal: null,
  peer: { address: '127.0.0.1', certificates: [] },
  signal: new AbortController().signal,
};

const operator = (id: string, name: string, role: string, held: readonly Permission[]): Principal =>
  principalWith({ kind: 'operator', id, name }, [
    { role, permissions: new Set(held), ownOnly: new Set(), realms: 'all' },
  ]);

export const administrator = operator(
  '019aa000-0000-7000-8000-000000000001',
  'ada',
  'administrator',
  permissions,
);
const reader = operator('019aa000-0000-7000-8000-000000000002', 'rita', 'auditor', ['clients.read']);

/** Ports with a few callers by token (admin, reader, expired) and the handlers given; what else is called fails. */
export function portsForTest(
  handlers: Partial<Handlers> = {},
  overrides: Partial<HttpPorts> = {},
): HttpPorts & { readonly failures: string[]; readonly lines: string[] } {
  const failures: string[] = [];
  const lines: string[] = [];
  return {
    failures,
    lines,
    handlers: handlers as Handlers,
    authenticate: async (credentials, door) => {
      if (credentials.scheme === 'none') return door.principal === 'owner' ? administrator : anonymous;
      const token = credentials.scheme === 'bearer' ? credentials.token : null;
      if (token === 'admin') return administrator;
      if (token === 'reader') return reader;
      throw new ChanceryError({
        code: token === 'expired' ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID',
        detail: 'The token is not usable.',
      });
    },
    archivedRealms: async () => new Set(),
    vaultState: () => 'open',
    durable: async () => undefined,
    numbers: { of: async () => new Map(), idOf: async () => undefined },
    setting: async (key) => settingDefaults[key],
    tokens: {
      grant: async ({ proof, realm, issuer }) => {
        if (proof.method !== 'client_secret' || proof.clientSecret !== 'right secret+%')
          throw new ChanceryError({ code: 'WRONG_CREDENTIALS', detail: 'Wrong client id or secret.' });
        return {
          access_token: `${proof.clientId}@${realm}@${issuer}`,
          token_type: 'Bearer',
          expires_in: 300,
          refresh_expires_in: 0,
          'not-before-policy': 0,
          scope: '',
        };
      },
      introspect: async () => ({ active: false }),
      revoke: async () => undefined,
      hasRealm: async (realm) => realm === 'default',
      jwks: async () => ({ keys: [] }),
    },
    publication: { crl: async () => undefined, certificate: async () => undefined },
    ocsp: { respond: async () => ({ der: Uint8Array.of(0x30, 0x03, 0x0a, 0x01, 0x03) }) },
    idempotency: { find: async () => undefined, keep: async () => undefined },
    recordFailure: async (operation, context, error) => {
      failures.push(`${operation.id} ${context.principal.name} ${error.code}`);
    },
    log: (line) => lines.push(line),
    ...overrides,
  };
}
