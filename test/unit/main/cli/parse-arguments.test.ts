import { describe, expect, it } from 'vitest';
import { allCommands } from '../../../../src/main/cli/commands.ts';
import { parseArguments } from '../../../../src/main/cli/parse-arguments.ts';

const commands = allCommands();
const parse = (line: string) => {
  const { command, values, rest } = parseArguments(line.split(' ').filter(Boolean), commands);
  return { words: command?.words, values: Object.fromEntries(values), rest };
};

describe('the arguments of the command line', () => {
  it.each([
    [
      'clients create --name X --realm default --profile tls-server --json',
      'clients create',
      { name: ['X'], realm: ['default'], profile: ['tls-server'], json: ['true'] },
    ],
    ['--home D clients list --search=S', 'clients list', { home: ['D'], search: ['S'] }],
    [
      'clients create --name X --default-profile p --realms a --realm b',
      'clients create',
      { name: ['X'], profile: ['p'], realm: ['a', 'b'] },
    ],
    [
      'init --home DIR --vault passphrase --passphrase-file F',
      'init',
      { home: ['DIR'], vault: ['passphrase'], 'passphrase-file': ['F'] },
    ],
    ['vault initialise --vault file', 'init', { vault: ['file'] }],
    ['settings set keyfactor.realm main', 'settings set', { key: ['keyfactor.realm'], value: ['main'] }],
    [
      'settings set --key keyfactor.realm main',
      'settings set',
      { key: ['keyfactor.realm'], value: ['main'] },
    ],
    [
      'certificates revoke 1 --reason keyCompromise --yes',
      'certificates revoke',
      { id: ['1'], reason: ['keyCompromise'], yes: ['true'] },
    ],
    ['certificates revoke -- -1', 'certificates revoke', { id: ['-1'] }],
    [
      'certificates issue --san dns:a --subject-alt-name ip:::1 --csr -',
      'certificates issue',
      { san: ['dns:a', 'ip:::1'], csr: ['-'] },
    ],
    [
      'authorities create --slug a --permit dns:a --permit ip:10.0.0.0/8 --exclude dns:b',
      'authorities create',
      { slug: ['a'], permit: ['dns:a', 'ip:10.0.0.0/8'], exclude: ['dns:b'] },
    ],
    ['certificates issue --no-force', 'certificates issue', { force: ['false'] }],
    [
      'operators create --name X --role administrator --password-file F',
      'operators create',
      { name: ['X'], role: ['administrator'], 'password-file': ['F'] },
    ],
    ['serve --home DIR --port 0', 'serve', { home: ['DIR'], port: ['0'] }],
    ['quickstart', 'quickstart', {}],
    ['certificates list -h', 'certificates list', { help: ['true'] }],
  ])('%s', (line, words, values) => {
    expect(parse(line)).toEqual({ words, values, rest: [] });
  });

  it.each([
    ['certificates revok 1', 'Did you mean "certificates revoke"?'],
    ['certificate list', 'Did you mean "certificates list"?'],
    ['quikstart', 'Did you mean "quickstart"?'],
    ['certificates', 'There are: issue, preview, list'],
    ['clients create --nmae X', 'Did you mean --name?'],
    ['certificates revoke 1 --reason keycompromise', 'Did you mean "keyCompromise"?'],
    ['init --vault cellar', 'It is one of keychain, passphrase, file.'],
    ['clients delete 1 2', 'chancery help clients delete'],
  ])('%s is refused with a hint', (line, hint) => {
    expect(() => parse(line)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', hint: expect.stringContaining(hint) }),
    );
  });

  it.each(['clients create --name', 'clients create --name a --name b'])('%s is refused', (line) => {
    expect(() => parse(line)).toThrow(/--name/);
  });

  it('gives no command the same words, and no flag of a command the same name as another', () => {
    const words = commands.flatMap((one) => [one.words, ...one.aliases]);
    expect(new Set(words).size).toBe(words.length);
    for (const { words: of, flags } of commands) {
      const names = flags.flatMap((flag) => flag.names);
      expect(names.length, of).toBe(new Set(names).size);
    }
  });

  it('takes no secret as an argument', () => {
    /** They speak of secrets and hold none. */
    const harmless = ['passwordGrant', 'secretValidity'];
    const secrets = commands.flatMap(({ flags }) =>
      flags.filter(
        ({ field }) =>
          /password|passphrase|secret|ticket|recoveryKey/i.test(field?.join('.') ?? '') &&
          !harmless.includes(field?.at(-1) ?? ''),
      ),
    );
    expect(secrets.length).toBeGreaterThan(5);
    expect(
      secrets.filter(
        ({ kind, names }) => kind !== 'secret' || !names.every((name) => name.endsWith('-file')),
      ),
    ).toEqual([]);
  });
});
