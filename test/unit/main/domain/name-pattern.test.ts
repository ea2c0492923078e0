import { describe, expect, it } from 'vitest';
import {
  canonicalSubjectAltName,
  patternProblem,
  subjectAltNameMatches,
} from '../../../../src/main/domain/name-pattern.ts';
import type { SubjectAltName } from '../../../../src/shared/model/names.ts';

type NameType = SubjectAltName['type'];
const canonical = (type: NameType, value: string) => canonicalSubjectAltName({ type, value }).value;
const longest = `${'x.'.repeat(126)}y`;

describe('the canonical form of a name', () => {
  it.each<[NameType, string, string]>([
    ['dns', 'Example.COM', 'example.com'],
    ['dns', 'localhost', 'localhost'],
    ['dns', 'bücher.example', 'xn--bcher-kva.example'],
    ['dns', 'BÜCHER.example', 'xn--bcher-kva.example'],
    ['dns', 'bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['dns', 'XN--bcher-kva.example', 'xn--bcher-kva.example'],
    ['dns', 'faß.de', 'xn--fa-hia.de'],
    ['dns', '\u0430pple.com', 'xn--pple-43d.com'],
    ['dns', '*.bücher.example', '*.xn--bcher-kva.example'],
    ['dns', '1.example', '1.example'],
    ['dns', longest, longest],
    ['ip', '10.0.0.1', '10.0.0.1'],
    ['ip', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['ip', '::ffff:10.0.0.1', '10.0.0.1'],
    ['email', 'Jane.Doe@Example.COM', 'Jane.Doe@example.com'],
    ['email', 'a+b@bücher.de', 'a+b@xn--bcher-kva.de'],
    ['upn', 'Jürgen@CORP.example', 'Jürgen@corp.example'],
    ['uri', 'HTTPS://Example.com', 'https://example.com'],
    ['uri', 'https://h:8443/a?b=c#d', 'https://h:8443/a?b=c#d'],
    ['uri', 'https://[2001:db8::1]/', 'https://[2001:db8::1]/'],
    ['uri', 'spiffe://Trust.Domain/ns/x', 'spiffe://trust.domain/ns/x'],
    ['uri', 'URN:uuid:f81d4fae', 'urn:uuid:f81d4fae'],
    ['uri', 'https://h/%2F', 'https://h/%2F'],
  ])('%s %j is %s', (type, value, expected) => {
    expect(canonical(type, value)).toBe(expected);
    expect(canonical(type, expected)).toBe(expected);
  });

  it.each<[NameType, string]>([
    ...[
      '', '.', 'example.com.', 'a..b', '.example.com', 'a_b.example', '-a.example', 'a-.example', 'a b.example',
      'a\0.example', 'example.com\0.evil.example', 'a.example\n', '%41.example', 'ü%2e.example', 'http://a.example',
      'a.example:443', 'a@b.example', '*', '*.', '*.com', '*.*.example.com', 'w*.example.com', 'a.*.example.com',
      '**.example.com', '*example.com', '1.2.3.4', '0x7f.0.0.1', 'a.0x7f', 'a.123', '2130706433', '[::1]', '::1',
      '\uff45xample.com', 'a\u3002example', 'ex\u00adample.com', 'a\u200d.example', 'a\u202e.example', '\u212a.example',
      '\u{1d41a}.example', 'xn--a.example', 'xn--.example', 'xn--zzzzzzz99999.example', `${'a'.repeat(64)}.example`,
      `x.${longest}`, 'a'.repeat(1025), '\ud800.example',
    ].map((value): [NameType, string] => ['dns', value]),
    ...['', '1.2.3', '01.2.3.4', '1.2.3.4/32', '1.2.3.4 ', 'fe80::1%eth0', '[::1]', '0x7f000001', '1.2.3.4\0', 'a.b'].map(
      (value): [NameType, string] => ['ip', value],
    ),
    ...[
      '', 'jane', '@example.com', 'jane@', 'a@b@example.com', '"a b"@example.com', 'a..b@example.com', '.a@example.com',
      'ä@example.com', 'a@*.example.com', 'a@[10.0.0.1]', 'a@example.com\0', 'a\r\nBcc: b@example.com', 'a@example.com.',
      `${'a'.repeat(65)}@example.com`, `a@${longest}`, 'Jane <a@example.com>',
    ].map((value): [NameType, string] => ['email', value]),
    ...['', 'jane', 'a b@corp', 'a\0@corp', 'a*@corp', 'CORP\\jane@corp', 'u\u0308@corp', 'a@', 'a@*.corp.example'].map(
      (value): [NameType, string] => ['upn', value],
    ),
    ...[
      '', '/a', '//h/a', 'h/a', 'https:', 'https://', 'https:///a', 'https:/h', 'https:h', 'https:\\\\h\\', 'file:///etc',
      'https://u@h/', 'https://u:p@h/', 'https://h:443/', 'https://h:0443/', 'https://h:99999/', 'https://h:*/',
      'https://h./', 'https://a..b/', 'https://*.h/', 'https://0x7f.1/', 'https://h/a/../b', 'https://h/./a',
      'https://h/%2e%2e/a', 'https://h/%61', 'https://h/%', 'https://h/%4', 'https://h/%zz', 'https://h/%00',
      'https://h/a b', 'https://h/\n', ' https://h/', 'https://é.example/', 'https://h/é', '\u212attps://h', 'urn:',
    ].map((value): [NameType, string] => ['uri', value]),
  ])('refuses %s %j', (type, value) => {
    expect(canonicalSubjectAltName({ type, value })).toEqual({ problem: expect.any(String) });
  });
});

describe('matching by pattern', () => {
  it.each<[NameType, string, string, boolean]>([
    ['dns', 'www.example.com', 'WWW.Example.com', true],
    ['dns', 'WWW.EXAMPLE.COM', 'www.example.com', true],
    ['dns', '*.example.com', 'a.example.com', true],
    ['dns', '*.example.com', 'a.b.example.com', false],
    ['dns', '*.example.com', 'example.com', false],
    ['dns', '*.example.com', 'aexample.com', false],
    ['dns', '*.example.com', 'a.example.com.evil.test', false],
    ['dns', '*.example.com', '*.example.com', true],
    ['dns', '**.example.com', '*.example.com', true],
    ['dns', '**.example.com', 'a.b.c.example.com', true],
    ['dns', '**.example.com', 'example.com', false],
    ['dns', '**', 'a.b.c', true],
    ['dns', '*', 'localhost', true],
    ['dns', '*', 'a.b', false],
    ['dns', 'a.**.c.**.e', 'a.b.c.c.d.e', true],
    ['dns', 'a.**.c.**.e', 'a.c.d.e', false],
    ['dns', 'web-*.example.com', 'web-01.example.com', true],
    ['dns', 'web*.example.com', 'web.example.com', true],
    ['dns', 'web-*.example.com', 'db-01.example.com', false],
    ['dns', 'web-*.example.com', '*.example.com', false],
    ['dns', '*.bücher.example', 'a.xn--bcher-kva.example', true],
    ['dns', '*.xn--bcher-kva.example', 'a.bücher.example', true],
    ['dns', 'apple.com', '\u0430pple.com', false],
    ['ip', '10.0.0.0/8', '10.20.30.40', true],
    ['ip', '10.0.0.0/8', '::ffff:10.20.30.40', true],
    ['ip', '10.0.0.*', '10.0.0.1', false],
    ['ip', '*', '2001:db8::1', true],
    ['email', '*@example.com', 'jane@EXAMPLE.com', true],
    ['email', '*@example.com', 'jane@sub.example.com', false],
    ['email', '*@**.example.com', 'jane@a.sub.example.com', true],
    ['email', 'jane@example.com', 'Jane@example.com', false],
    ['email', '*@example.com', 'a@example.com.evil.test', false],
    ['upn', '*@corp.example', 'Jane@CORP.EXAMPLE', true],
    ['upn', 'jane@corp.example', 'JANE@corp.example', true],
    ['uri', 'https://*.example.com/**', 'https://a.example.com/x/y?z', true],
    ['uri', 'https://*.example.com/**', 'https://a.b.example.com/', false],
    ['uri', 'https://*.example.com/**', 'https://evil.test/.example.com/', false],
    ['uri', 'https://*.example.com/**', 'https://a.example.com:8443/', false],
    ['uri', 'https://*.example.com:*/**', 'https://a.example.com:8443/', true],
    ['uri', 'https://example.com', 'https://example.com/', true],
    ['uri', 'https://example.com/', 'https://example.com', true],
    ['uri', 'https://example.com/a/*', 'https://example.com/a/b', true],
    ['uri', 'https://example.com/a/*', 'https://example.com/a/b/c', false],
    ['uri', 'https://example.com/a/*', 'https://example.com/a/b?c', false],
    ['uri', 'https://example.com/%2fa', 'https://example.com/%2Fa', true],
    ['uri', 'http://example.com/**', 'https://example.com/', false],
    ['uri', 'spiffe://td/ns/*/sa/*', 'spiffe://td/ns/a/sa/b', true],
    ['uri', 'urn:uuid:*', 'urn:uuid:1-2', true],
    ['uri', 'urn:uuid:*', 'urn:oid:1', false],
    ['uri', '*', 'urn:oid:1', true],
  ])('%s %s takes %s: %s', (type, pattern, value, expected) => {
    expect(patternProblem(type, pattern) === undefined || !expected).toBe(true);
    expect(subjectAltNameMatches(type, pattern, canonical(type, value) ?? expect.unreachable(), false)).toBe(expected);
  });

  it.each<[NameType, string, string, boolean]>([
    ['dns', 'admin.example.com', '*.example.com', true],
    ['dns', 'admin-*.example.com', '*.example.com', true],
    ['dns', 'admin.example.com', '*.sub.example.com', false],
    ['dns', '**.example.com', '*.example.com', true],
    ['email', 'Root@example.com', 'root@example.com', true],
    ['dns', 'broken..pattern', 'a.example', true],
    ['ip', 'broken', '10.0.0.1', true],
    ['email', 'broken', 'a@b.example', true],
    ['uri', 'broken', 'https://h/', true],
  ])('%s %s, when denied, touches %s: %s', (type, pattern, value, expected) => {
    expect(subjectAltNameMatches(type, pattern, canonical(type, value) ?? expect.unreachable(), true)).toBe(expected);
  });

  it.each<[NameType, string]>([
    ['dns', 'broken..pattern'],
    ['dns', 'a**.example'],
    ['dns', 'example.com.'],
    ['dns', '10.0.0.1'],
    ['dns', 'a_b.example'],
    ['ip', '10.0.0.*'],
    ['ip', '10.0.0.5/8'],
    ['ip', '10.0.0.0-10.0.0.9'],
    ['email', 'example.com'],
    ['email', '@example.com'],
    ['upn', '*'],
    ['uri', 'example.com/*'],
    ['uri', '*://example.com/'],
  ])('says what is wrong with the %s pattern %s', (type, pattern) => {
    expect(patternProblem(type, pattern)).toEqual(expect.any(String));
  });
});
