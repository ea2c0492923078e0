import { describe, expect, it } from 'vitest';
import { parseIpAddress } from '../../../../../src/main/x509/names/ip-address.ts';
import type { PathName } from '../../../../../src/main/x509/names/path-name.ts';
import { NameConstraintState } from '../../../../../src/main/x509/validation/name-constraint-state.ts';
import type { Subtree } from '../../../../../src/main/x509/validation/read-name-constraints.ts';

type TextKind = 'dns' | 'email' | 'uri';

const text = (kind: TextKind, value: string) => ({ kind, value });
const dns = (value: string) => text('dns', value);
const ip = (address: string): PathName => ({ kind: 'ip', bytes: bytesOf(address) });
const range = (address: string, mask: string): Subtree => ({
  kind: 'ip',
  address: bytesOf(address),
  mask: bytesOf(mask),
});
const directory = (...parts: string[]) => ({
  kind: 'directory' as const,
  parts,
  key: parts.join('\u0002'),
  text: parts.join(','),
});

function bytesOf(address: string): Uint8Array {
  return parseIpAddress(address) ?? new Uint8Array();
}

interface Constraints {
  readonly permitted?: readonly Subtree[];
  readonly excluded?: readonly Subtree[];
}

/** Whether a certificate with these alternative names passes below authorities with these constraints. */
function passes(names: readonly PathName[], ...constraints: readonly Constraints[]): boolean {
  const state = new NameConstraintState();
  for (const { permitted = [], excluded = [] } of constraints)
    state.add({ permitted, excluded, problem: undefined });
  const subject = { text: '', der: new Uint8Array(), parts: [], key: '', attributes: [] };
  return state.check({ subject, subjectAltNames: names }) === undefined;
}

describe('name constraints on domains', () => {
  const permitted = [dns('example.com')];

  it.each(['example.com', 'EXAMPLE.com', 'a.example.com', 'b.a.example.com', '*.example.com'])(
    'permit %s',
    (name) => {
      expect(passes([dns(name)], { permitted })).toBe(true);
    },
  );

  it.each([
    'example.org',
    'badexample.com',
    'com',
    '*.com',
    'example.com.',
    '.example.com',
    'a..example.com',
    'a\u0000.example.com',
  ])('do not permit %s', (name) => {
    expect(passes([dns(name)], { permitted })).toBe(false);
  });

  it('exclude a wildcard that may stand for an excluded name', () => {
    const excluded = [dns('bar.example.com')];
    expect(passes([dns('*.example.com')], { excluded })).toBe(false);
    expect(passes([dns('*.bar.example.com')], { excluded })).toBe(false);
    expect(passes([dns('*.foo.example.com')], { excluded })).toBe(true);
    expect(passes([dns('foo.example.com')], { excluded })).toBe(true);
  });

  it('do not permit a wildcard for the sake of one name that it may stand for', () => {
    expect(passes([dns('*.example.com')], { permitted: [dns('foo.example.com')] })).toBe(false);
  });

  it('hold in every authority of the path, narrowing only', () => {
    const narrower = { permitted: [dns('a.example.com')] };
    expect(passes([dns('x.a.example.com')], { permitted }, narrower)).toBe(true);
    expect(passes([dns('b.example.com')], { permitted }, narrower)).toBe(false);
    expect(passes([dns('example.org')], { permitted }, { permitted: [dns('example.org')] })).toBe(false);
  });

  it('exclude also what is permitted', () => {
    expect(passes([dns('example.com')], { permitted, excluded: permitted })).toBe(false);
  });

  it('say nothing on other kinds of names', () => {
    expect(passes([ip('192.0.2.1'), text('email', 'a@example.org')], { permitted })).toBe(true);
  });

  it('exclude all with an empty name', () => {
    expect(passes([dns('example.com')], { excluded: [dns('')] })).toBe(false);
  });
});

describe('name constraints on mailboxes', () => {
  it.each([
    ['a@example.com', 'example.com', true],
    ['a@EXAMPLE.com', 'example.com', true],
    ['a@sub.example.com', 'example.com', false],
    ['a@sub.example.com', '.example.com', true],
    ['a@example.com', '.example.com', false],
    ['a@example.com', 'a@example.com', true],
    ['A@example.com', 'a@example.com', false],
    ['*@example.com', 'a@example.com', false],
    ['"a"@example.com', 'a@example.com', true],
    ['"a@evil.org"@example.com', 'example.com', true],
    ['a@evil.org@example.com', 'example.com', false],
    ['a b@example.com', 'example.com', false],
    ['example.com', 'example.com', false],
  ])('%s within %s: %s', (name, base, isPermitted) => {
    expect(passes([text('email', name)], { permitted: [text('email', base)] })).toBe(isPermitted);
  });
});

describe('name constraints on URIs', () => {
  it.each([
    ['https://example.com/path', 'example.com', true],
    ['https://example.com:8443', 'example.com', true],
    ['https://user@example.com/', 'example.com', true],
    ['https://a.example.com/', 'example.com', false],
    ['https://a.example.com/', '.example.com', true],
    ['https://example.com@evil.org/', 'example.com', false],
    ['https://evil.org/@example.com', 'example.com', false],
    ['https://evil.org?@example.com', 'example.com', false],
    ['https://192.0.2.1/', '192.0.2.1', false],
    ['https://[::1]/', 'example.com', false],
    ['urn:example.com', 'example.com', false],
  ])('%s within %s: %s', (name, base, isPermitted) => {
    expect(passes([text('uri', name)], { permitted: [text('uri', base)] })).toBe(isPermitted);
  });
});

describe('name constraints on addresses', () => {
  const permitted = [range('192.0.2.0', '255.255.255.0')];

  it('hold the range, and no address of the other version', () => {
    expect(passes([ip('192.0.2.77')], { permitted })).toBe(true);
    expect(passes([ip('192.0.3.1')], { permitted })).toBe(false);
    expect(passes([ip('::ffff:192.0.2.77')], { permitted })).toBe(false);
    expect(passes([ip('2001:db8::5')], { permitted: [range('2001:db8::', 'ffff:ffff::')] })).toBe(true);
  });

  it('refuse what is no address', () => {
    expect(passes([{ kind: 'ip', bytes: Uint8Array.of(192, 0, 2) }], { permitted })).toBe(false);
  });
});

describe('name constraints on other kinds', () => {
  it('hold directory names from their widest part on', () => {
    const permitted = [directory('c=de', 'o=org')];
    expect(passes([directory('c=de', 'o=org', 'cn=a')], { permitted })).toBe(true);
    expect(passes([directory('o=org', 'c=de')], { permitted })).toBe(false);
    expect(passes([directory('c=de')], { permitted })).toBe(false);
  });

  it('refuse a name of a kind whose constraint cannot be applied', () => {
    const other = { kind: 'other' as const, type: '1.2.3', der: '00' };
    expect(passes([other], { excluded: [{ ...other, der: '01' }] })).toBe(false);
    expect(passes([other], { excluded: [{ ...other, type: '1.2.4' }] })).toBe(true);
  });

  it('give up on more comparisons than any real certificate needs, and refuse', () => {
    const names = Array.from({ length: 2000 }, (_, i) => dns(`a${i}.example.com`));
    const permitted = [...names.map(({ value }) => dns(`b.${value}`)), dns('example.com')];
    expect(passes(names, { permitted })).toBe(false);
    expect(passes(names.slice(0, 50), { permitted })).toBe(true);
  });
});
