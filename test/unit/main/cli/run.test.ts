import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../../../src/main/cli/run.ts';
import { type Console, serve } from '../../../../src/main/console/serve.ts';
import type { HttpPorts } from '../../../../src/main/http/ports.ts';
import type { Handlers } from '../../../../src/main/services/handlers.ts';
import { ChanceryError } from '../../../../src/shared/errors.ts';
import { chanceryForTest, tlsForTest } from '../console/chancery-for-test.ts';
import { portsForTest } from '../http/ports-for-test.ts';
import { terminalForTest } from './terminal-for-test.ts';

const tls = await tlsForTest('command line test');
const consoles: Console[] = [];
afterAll(async () => {
  await Promise.all(consoles.map((one) => one.stop()));
});

const id = '019aa000-0000-7000-8000-0000000000aa';
const folder = mkdtempSync(join(tmpdir(), 'chancery-cli-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** A running instance with these handlers, and the command line on its data folder. */
async function instance(handlers: Partial<Handlers>, overrides: Partial<HttpPorts> = {}) {
  const chancery = chanceryForTest(tls, portsForTest(handlers, overrides));
  consoles.push(await serve(chancery, { host: '127.0.0.1', port: 0, print: () => {}, warn: () => {} }));
  return async (line: readonly string[], setting: Parameters<typeof terminalForTest>[0] = {}) => {
    const terminal = terminalForTest(setting);
    const exit = await run([...line, '--home', chancery.home], {
      terminal,
      version: '9.9.9',
      staticFolder: null,
    });
    return { exit, out: terminal.output(), err: terminal.errors(), questions: terminal.questions };
  };
}

const issued = {
  id,
  orderId: id,
  serialNumber: '0A',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2026-04-01T00:00:00Z',
  certificate: '-----BEGIN CERTIFICATE-----\nLEAF\n-----END CERTIFICATE-----\n',
  chain: ['-----BEGIN CERTIFICATE-----\nCA\n-----END CERTIFICATE-----\n'],
  privateKey: '-----BEGIN PRIVATE KEY-----\nKEY\n-----END PRIVATE KEY-----\n',
};

describe('the command line through a running instance', () => {
  it('prints the answer as JSON on stdout and nothing else', async () => {
    const seen: unknown[] = [];
    const chancery = await instance({
      'clients.create': async (input) => {
        seen.push(input);
        return {
          id,
          clientId: 'c',
          name: input.name,
          realms: input.realms,
          defaultProfile: 'tls-server',
          enabled: true,
          active: true,
          createdAt: '2026-01-01T00:00:00Z',
          lastUsedAt: null,
          role: null,
          passwordGrant: false,
          secrets: [],
          certificates: [],
          clientSecret: 's',
        };
      },
    });
    const { exit, out, err } = await chancery([
      'clients',
      'create',
      '--name',
      'X',
      '--realm',
      'default',
      '--profile',
      'tls-server',
      '--json',
    ]);
    expect([exit, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ clientId: 'c', clientSecret: 's' });
    expect(seen).toEqual([{ name: 'X', realms: ['default'], defaultProfile: 'tls-server' }]);
  });

  it('passes path, query and coerced flags', async () => {
    const seen: unknown[] = [];
    const chancery = await instance({
      'settings.set': async (input) => {
        seen.push(input);
        return { key: input.key, value: input.value, isDefault: false };
      },
      'certificates.list': async (input) => {
        seen.push(input);
        return { items: [], nextCursor: null, total: 0, totalIsCapped: false };
      },
    });
    expect((await chancery(['settings', 'set', 'keyfactor.realm', 'a b/c'])).exit).toBe(0);
    expect(
      (await chancery(['certificates', 'list', '--limit', '5', '--search', 'ü&x', '--sort', 'notAfter']))
        .exit,
    ).toBe(0);
    expect(seen).toEqual([
      { key: 'keyfactor.realm', value: 'a b/c' },
      { limit: 5, search: 'ü&x', sort: 'notAfter' },
    ]);
  });

  it('reads files, names and pairs, and writes the certificate and its key apart', async () => {
    let seen: unknown;
    const chancery = await instance({
      'certificates.issue': async (input) => {
        seen = input;
        return issued;
      },
    });
    const target = join(folder, 'www');
    const line = [
      'certificates',
      'issue',
      '--csr',
      file('a.csr', 'CSR'),
      '--subject',
      'CN=a,O=B',
      '--subject-organization',
      'C',
      '--san',
      'dns:a.example',
      '--san',
      '192.0.2.1',
      '--metadata',
      'k=v=w',
      '--out-dir',
      target,
      '--json',
    ];
    const first = await chancery(line);
    expect(first.exit).toBe(0);
    expect(JSON.parse(first.out).id).toBe(id);
    expect(seen).toEqual({
      csr: 'CSR',
      subject: { commonName: 'a', organization: 'C' },
      subjectAltNames: [
        { type: 'dns', value: 'a.example' },
        { type: 'ip', value: '192.0.2.1' },
      ],
      metadata: { k: 'v=w' },
    });
    expect(readFileSync(join(target, 'fullchain.pem'), 'utf8')).toBe(
      issued.certificate + issued.chain.join(''),
    );
    expect(statSync(join(target, 'privkey.pem')).mode & 0o777).toBe(0o600);

    seen = null;
    const second = await chancery(line);
    expect([second.exit, seen]).toEqual([2, null]);
    expect(second.err).toContain('--force');
  });

  it('writes the bytes of a file answer', async () => {
    const bytes = Buffer.from([0x30, 0, 255]);
    const chancery = await instance({
      'certificates.export': async () => ({
        fileName: 'a.der',
        mediaType: 'application/pkix-cert',
        contentBase64: bytes.toString('base64'),
      }),
    });
    const target = join(folder, 'a.der');
    const { exit, out } = await chancery(['certificates', 'export', id, '--format', 'der', '--out', target]);
    expect([exit, out, readFileSync(target)]).toEqual([0, '', bytes]);
    expect((await chancery(['certificates', 'export', id, '--format', 'der'], { typed: [] })).err).toContain(
      '--out FILE',
    );
  });

  it('takes a secret from a file without its one final newline, from stdin, or from a person', async () => {
    const seen: string[] = [];
    const chancery = await instance({
      'operators.create': async ({ name, role, password }) => {
        seen.push(password);
        return {
          id,
          name,
          roles: [{ role, realms: null }],
          disabled: false,
          createdAt: '2026-01-01T00:00:00Z',
        };
      },
    });
    const line = ['operators', 'create', '--name', 'X', '--role', 'administrator'];
    await chancery([...line, '--password-file', file('password', ' long password \n\n')]);
    await chancery([...line, '--password-file', '-'], { stdin: 'from stdin 12\r\n' });
    const asked = await chancery(line, { typed: ['from a person'] });
    expect(seen).toEqual([' long password \n', 'from stdin 12', 'from a person']);
    expect(asked.questions).toEqual(['Password: ']);
    expect(await chancery(line)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--password-file is missing'),
    });
  });

  it('shows violations by their flags, and the problem itself with --json', async () => {
    const chancery = await instance({});
    const line = ['certificates', 'issue', '--subject-country', 'DEU', '--san', 'dns:'];
    const text = await chancery(line);
    expect(text.exit).toBe(2);
    expect(text.err).toMatch(/^chancery: /);
    expect(text.err).toContain('--subject-country: ');
    expect(text.err).toContain('--san (0.value): ');
    const json = await chancery([...line, '--json']);
    expect([json.exit, json.out]).toEqual([2, '']);
    expect(JSON.parse(json.err)).toMatchObject({
      code: 'INVALID_INPUT',
      status: 400,
      violations: [{ rule: 'max' }, { rule: 'min' }],
    });
  });

  it.each([
    ['NOT_FOUND', 1],
    ['POLICY_VIOLATION', 4],
    ['INVALID_CSR', 2],
  ] as const)('ends with the exit code of %s', async (code, exit) => {
    const chancery = await instance({
      'certificates.issue': async () => {
        throw new ChanceryError({ code, detail: 'Because.', hint: 'Do this.' });
      },
    });
    expect(await chancery(['certificates', 'issue'])).toEqual({
      exit,
      out: '',
      err: 'chancery: Because.\nDo this.\n',
      questions: [],
    });
  });

  it('asks before what cannot be undone, where somebody can be asked', async () => {
    let deleted = 0;
    const chancery = await instance({
      'clients.delete': async () => {
        deleted += 1;
        return {};
      },
    });
    expect((await chancery(['clients', 'delete', id], { typed: ['n'] })).exit).toBe(2);
    expect(deleted).toBe(0);
    expect((await chancery(['clients', 'delete', id], { typed: ['y'] })).exit).toBe(0);
    expect((await chancery(['clients', 'delete', id, '--yes'], { typed: [] })).exit).toBe(0);
    expect((await chancery(['clients', 'delete', id])).exit).toBe(0);
    expect(deleted).toBe(3);
  });

  it('opens a locked vault once with the passphrase that it is given, else ends with 3', async () => {
    let state: 'locked' | 'open' = 'locked';
    const tried: unknown[] = [];
    const chancery = await instance(
      {
        'vault.show': async () => ({ state, method: 'passphrase', keychainAvailable: false }),
        'vault.unlock': async ({ passphrase }) => {
          tried.push(passphrase);
          state = 'open';
          return { state, method: 'passphrase', keychainAvailable: false };
        },
        'realms.list': async () => ({ items: [], nextCursor: null, total: 0, totalIsCapped: false }),
      },
      { vaultState: () => state },
    );
    expect(await chancery(['realms', 'list'])).toMatchObject({
      exit: 3,
      err: expect.stringContaining('--passphrase-file'),
    });
    const passphraseFile = file('passphrase', 'open sesame\n');
    expect((await chancery(['realms', 'list', '--passphrase-file', passphraseFile])).exit).toBe(0);
    state = 'locked';
    expect(
      (await chancery(['realms', 'list'], { env: { CHANCERY_PASSPHRASE_FILE: passphraseFile } })).exit,
    ).toBe(0);
    expect(tried).toEqual(['open sesame', 'open sesame']);
  });

  it('signs in as an operator for one command, or uses the token of the environment', async () => {
    const calls: string[] = [];
    const chancery = await instance({
      'sessions.create': async ({ name, password }) => {
        calls.push(`sign in ${name} ${password}`);
        return { token: 'reader', expiresAt: '2026-01-01T00:00:00Z', operator: { name, roles: ['auditor'] } };
      },
      'sessions.end': async (_, { token }) => {
        calls.push(`sign out ${token}`);
        return {};
      },
      'clients.list': async (_, { principal }) => {
        calls.push(`list as ${principal.name}`);
        return { items: [], nextCursor: null, total: 0, totalIsCapped: false };
      },
    });
    await chancery(['clients', 'list', '--as', 'rita', '--as-password-file', file('rita', 'her password')]);
    await chancery(['clients', 'list'], { env: { CHANCERY_TOKEN: 'reader' } });
    await chancery(['clients', 'list']);
    expect(calls).toEqual([
      'sign in rita her password',
      'list as rita',
      'sign out reader',
      'list as rita',
      'list as ada',
    ]);
    expect((await chancery(['clients', 'list'], { env: { CHANCERY_TOKEN: 'expired' } })).exit).toBe(4);
  });

  it('asks the recovery key back until it is right, and does not print it on stdout', async () => {
    const status = { state: 'open' as const, method: 'keychain' as const, keychainAvailable: true };
    const chancery = await instance({
      'vault.initialise': async () => ({ status, recoveryKey: 'ABCD-EFGH' }),
      'vault.confirm-recovery': async ({ recoveryKey }) => {
        if (recoveryKey !== 'ABCD-EFGH')
          throw new ChanceryError({ code: 'WRONG_CREDENTIALS', detail: 'No.' });
        return {};
      },
    });
    const asked = await chancery(['init', '--vault', 'keychain'], { typed: ['ABCD', 'ABCD-EFGH'] });
    expect([asked.exit, asked.questions.length]).toEqual([0, 2]);
    expect(asked.err).toContain('ABCD-EFGH');
    expect(asked.out).not.toContain('ABCD-EFGH');
    const printed = await chancery(['init', '--vault', 'keychain', '--json']);
    expect(JSON.parse(printed.out)).toEqual({ status, recoveryKey: 'ABCD-EFGH' });
  });

  it('asks for a new passphrase twice', async () => {
    const seen: unknown[] = [];
    const chancery = await instance({
      'vault.initialise': async (input) => {
        seen.push(input);
        return { status: { state: 'open', method: 'passphrase', keychainAvailable: false } };
      },
    });
    const line = ['init', '--vault', 'passphrase'];
    expect((await chancery(line, { typed: ['one phrase', 'another'] })).exit).toBe(2);
    expect((await chancery(line, { typed: ['one phrase', 'one phrase'] })).exit).toBe(0);
    expect((await chancery(line)).exit).toBe(2);
    expect(seen).toEqual([{ vault: 'passphrase', passphrase: 'one phrase' }]);
  });
});

describe('the command line by itself', () => {
  const plain = async (...line: string[]) => {
    const terminal = terminalForTest();
    const exit = await run(line, { terminal, version: '9.9.9', staticFolder: null });
    return { exit, out: terminal.output(), err: terminal.errors() };
  };

  it('shows version, help and completion', async () => {
    expect(await plain('clients', 'list', '--version')).toEqual({ exit: 0, out: '9.9.9\n', err: '' });
    expect((await plain('help', 'clients', 'create')).out).toContain('chancery clients create --name NAME');
    expect((await plain('clients', 'create', '--help')).out).toContain('chancery clients create --name NAME');
    expect((await plain('completion', 'bash')).out).toContain('complete -o default -F _chancery chancery');
    expect((await plain()).exit).toBe(2);
    expect(await plain('completion')).toMatchObject({ exit: 2, out: '' });
  });

  it('makes no data folder by asking for something in it', async () => {
    const home = join(folder, 'nowhere');
    expect(await plain('clients', 'list', '--home', home)).toMatchObject({
      exit: 1,
      err: expect.stringContaining('chancery init'),
    });
    expect(existsSync(home)).toBe(false);
  });

  it('refuses a port that is none', async () => {
    expect(await plain('serve', '--port', '70000', '--home', join(folder, 'nowhere'))).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--port'),
    });
  });
});
