/** The policy engine by tables: what each rule permits and what not, hostile names above all. */
import { describe, expect, it } from 'vitest';
import { type AskedCertificate, checkPolicy } from '../../../../src/main/domain/policy-check.ts';
import { explainPolicy } from '../../../../src/main/domain/policy-explanation.ts';
import { keyAlgorithms } from '../../../../src/shared/model/algorithms.ts';
import { keyUsages, type SubjectAltName } from '../../../../src/shared/model/names.ts';
import { PolicyDefinition } from '../../../../src/shared/model/policy.ts';

const open = PolicyDefinition.parse({
  subject: { mode: 'any' },
  subjectAltNames: { mode: 'any' },
  keyUsages: { allowed: ['digitalSignature'], required: [] },
  extendedKeyUsages: { allowed: ['serverAuth'], required: [] },
  keyAlgorithms: ['ecdsa-p256'],
  maxValidity: 'P90D',
});
const plain: AskedCertificate = {
  subject: {},
  subjectAltNames: [],
  keyUsages: [],
  extendedKeyUsages: [],
  keyAlgorithm: 'ecdsa-p256',
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2026-03-31T23:59:59Z'),
  isCa: false,
};

/** Whether it is permitted; what the tester says must agree. */
function permits(policy: Partial<PolicyDefinition>, asked: Partial<AskedCertificate>): boolean {
  const [definition, whole] = [
    { ...open, ...policy },
    { ...plain, ...asked },
  ];
  const violations = checkPolicy(definition, whole);
  const failed = explainPolicy(definition, whole).filter(({ passed }) => !passed);
  expect(failed.map(({ rule }) => rule).toSorted()).toEqual(violations.map(({ rule }) => rule).toSorted());
  return violations.length === 0;
}

const label63 = 'a'.repeat(63);
const long253 = `${`${label63}.`.repeat(3)}${'a'.repeat(61)}`;
const many = (count: number, label: string) => Array.from({ length: count }, () => label).join('.');

/** Pattern, then names that lie within it, then names that do not or that are no names at all. */
const allowed: Record<SubjectAltName['type'], [string, string[], string[]][]> = {
  dns: [
    [
      'example.com',
      ['example.com', 'EXAMPLE.com', 'eXaMpLe.CoM'],
      [
        'www.example.com',
        'example.org',
        'xexample.com',
        'example.com.evil.org',
        'example-com',
        'com',
        'example',
      ],
    ],
    [
      '*.example.com',
      [
        'a.example.com',
        'A.EXAMPLE.COM',
        'xn--bcher-kva.example.com',
        'bücher.example.com',
        `${label63}.example.com`,
      ],
      [
        'example.com',
        'a.b.example.com',
        '.example.com',
        'a..example.com',
        '*.example.com',
        'a.example.com.',
        'a.example.com ',
        ' a.example.com',
        'a.example.com\u0000',
        'a\u0000.example.com',
        'a.example.com\u0000.evil.org',
        'a.example.com\n',
        `${label63}a.example.com`,
        '-a.example.com',
        'a-.example.com',
        'a b.example.com',
        'a/b.example.com',
        'a@example.com',
        'a:443.example.com',
        'http://a.example.com',
        'a.examplе.com',
        'a.еxample.com',
        'a.exаmple.com',
        'a.example\u3002com.evil',
        'a.\u202eexample.com',
        'a.example.com\u200b.evil.org',
        'a.example.c\u03bfm',
        'aexample.com',
        'a.Example.com.org',
      ],
    ],
    [
      '**.example.com',
      ['a.example.com', 'a.b.example.com', 'a.b.c.d.example.com', `${many(60, 'a')}.example.com`],
      [
        'example.com',
        'a.example.org',
        'a.notexample.com',
        'a..b.example.com',
        `${many(130, 'a')}.example.com`,
      ],
    ],
    [
      'web-*.example.com',
      ['web-1.example.com', 'WEB-one.example.com'],
      [
        'web.example.com',
        'xweb-1.example.com',
        'web-1.a.example.com',
        'web-.example.com',
        '*.example.com',
        'web-*.example.com',
      ],
    ],
    ['*.*.example.com', ['a.b.example.com'], ['a.example.com', 'a.b.c.example.com']],
    [
      '**',
      ['a', 'a.b', 'example.com', long253, many(64, 'a'), '1.2.3.example'],
      [
        `a${long253}`,
        '',
        '.',
        '..',
        'a..b',
        '*',
        '*.com',
        '*.*',
        'a*',
        'a.*',
        'a.*.com',
        '**',
        '%',
        '\u0000',
        'a\tb',
        '\ud800.com',
        'xn--',
        '\ufeff',
      ],
    ],
    [
      'bücher.example',
      ['bücher.example', 'BÜCHER.example', 'xn--bcher-kva.example'],
      ['bucher.example', 'bu\u0308chers.example', 'xn--bcher-kvb.example'],
    ],
    ['localhost', ['localhost', 'LOCALHOST'], ['localhost.', 'localhost.localdomain', 'a.localhost']],
  ],
  ip: [
    [
      '10.0.0.0/8',
      ['10.0.0.0', '10.1.2.3', '10.255.255.255', '::ffff:10.1.2.3', '::ffff:a01:203'],
      [
        '11.0.0.0',
        '9.255.255.255',
        '010.1.2.3',
        '10.1.2',
        '10.1.2.3.4',
        '10.1.2.256',
        '10.1.2.3/32',
        '0x0a010203',
        '167838211',
        '10.1.2.3\u0000',
        ' 10.1.2.3',
        '１０.1.2.3',
        '::10.1.2.3',
        '::ffff:11.1.2.3',
        '10.1.2.3%eth0',
        'a.example',
        '',
      ],
    ],
    [
      '192.0.2.1',
      ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:C000:201'],
      ['192.0.2.10', '192.0.2.2', '192.0.2.01'],
    ],
    ['192.0.2.0/24', ['192.0.2.0', '192.0.2.255'], ['192.0.20.1', '192.0.3.0', '192.0.1.255']],
    ['192.0.2.128/25', ['192.0.2.128', '192.0.2.255'], ['192.0.2.127']],
    [
      '2001:db8::/32',
      ['2001:db8::1', '2001:DB8:0:0:0:0:0:1', '2001:db8:ffff::', '2001:0db8::192.0.2.1'],
      [
        '2001:db9::1',
        '2001:db8',
        '2001:db8::1::2',
        '2001:db8::g',
        '[2001:db8::1]',
        '2001:db8::1%1',
        '::ffff:192.0.2.1',
        '192.0.2.1',
      ],
    ],
    ['::ffff:0:0/96', ['192.0.2.1', '::ffff:192.0.2.1', '0.0.0.0'], ['2001:db8::1', '::1', '::192.0.2.1']],
    ['::/0', ['::', '::1', '2001:db8::1'], ['192.0.2.1', '::ffff:192.0.2.1']],
    ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255', '::ffff:1.2.3.4'], ['::', '::1']],
    ['*', ['192.0.2.1', '2001:db8::1'], ['*', '192.0.2.*', '0/0']],
    ['nonsense', [], ['192.0.2.1', 'nonsense']],
  ],
  email: [
    [
      '*@example.com',
      ['ada@example.com', 'ada@EXAMPLE.com', 'a.b+c@example.com'],
      [
        'ada@a.example.com',
        'ada@example.org',
        'ada@example.com.evil.org',
        'ada',
        '@example.com',
        'ada@',
        'ada@@example.com',
        'ada@evil.org@example.com',
        'ada @example.com',
        'ada@example.com\u0000',
        'ad\u0000a@example.com',
        'ada@example.com.',
        'ada@exаmple.com',
        'аda@example.com',
        '<ada@example.com>',
        'Ada <ada@example.com>',
        `${'a'.repeat(65)}@example.com`,
        'ada@*.example.com',
        'ada@[192.0.2.1]',
        '"ada lovelace"@example.com',
      ],
    ],
    [
      'ada@*.example.com',
      ['ada@a.example.com'],
      ['ada@example.com', 'bob@a.example.com', 'ada@a.b.example.com'],
    ],
    [
      '*@**.example.com',
      ['ada@a.example.com', 'ada@a.b.example.com'],
      ['ada@example.com', 'ada@example.com.org'],
    ],
  ],
  uri: [
    [
      'https://*.example.com/**',
      ['https://a.example.com/', 'https://a.example.com/b/c', 'https://A.example.com/b'],
      [
        'http://a.example.com/',
        'https://example.com/',
        'https://a.b.example.com/',
        'https://a.example.com.evil.org/',
        'https://a.example.com@evil.org/',
        'https://evil.org/a.example.com/',
        'https://evil.org#.example.com/',
        'https://evil.org?.example.com/',
        'https://a.example.com\u0000/',
        'https://a.example.com /',
        'javascript:alert(1)',
        'a.example.com',
        'https:',
        '',
        'https://a.exаmple.com/',
      ],
    ],
    [
      'https://example.com/api/*',
      ['https://example.com/api/v1'],
      [
        'https://example.com/api/v1/x',
        'https://example.com/',
        'https://example.com/apis/v1',
        'https://example.com/api/../x',
        'https://example.com:8443/api/v1',
      ],
    ],
    [
      'spiffe://example.com/**',
      ['spiffe://example.com/ns/a'],
      ['spiffe://example.org/ns/a', 'spiffe:///ns/a', 'spifе://example.com/ns'],
    ],
    ['urn:**', ['urn:example:a'], ['url:example:a', 'urn']],
  ],
  upn: [
    [
      '*@corp.example.com',
      ['ada@corp.example.com', 'ADA@CORP.example.com'],
      [
        'ada@example.com',
        'ada@a.corp.example.com',
        'ada',
        '@corp.example.com',
        'ada@corp.example.com\u0000',
        'a\u202eda@corp.example.com',
        'ada@corp.example.com@evil.org',
        'ada@cоrp.example.com',
      ],
    ],
  ],
  otherName: [
    [
      'SN-*',
      ['SN-1', 'sn-42', 'SN-'],
      ['XSN-1', 'S N-1', 'SN-\u0000', 'SN-\u202e1', '', ' ', 'ЅN-1', 'SN\u20101'],
    ],
    ['*', ['anything', 'ä', '日本'], ['\u0007', '\u200b', '\ud800', '\ue000']],
  ],
};

const nameOf = (type: SubjectAltName['type'], value: string): SubjectAltName =>
  type === 'otherName' ? { type, oid: '1.3.6.1.4.1.55555.1', value } : { type, value };
const ruleOf = (type: SubjectAltName['type'], patterns: object) => ({
  subjectAltNames: {
    mode: 'rules' as const,
    rules: [{ ...(type === 'otherName' && { oid: '1.3.6.1.4.1.55555.1' }), type, ...patterns }],
  },
});

const cases = Object.entries(allowed).flatMap(([type, rows]) =>
  rows.flatMap(([pattern, within, outside]) => [
    ...within.map((value) => [type, pattern, value, true] as const),
    ...outside.map((value) => [type, pattern, value, false] as const),
  ]),
) as [SubjectAltName['type'], string, string, boolean][];

const shown = (value: string) => JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);

describe('an alternative name', () => {
  it.each(cases.map((one) => [`${one[0]} ${shown(one[2])} under ${one[1]}: ${one[3]}`, ...one] as const))(
    '%s',
    (_title, type, pattern, value, isPermitted) => {
      const asked = { subjectAltNames: [nameOf(type, value)] };
      expect(permits(ruleOf(type, { allowed: [pattern] }), asked)).toBe(isPermitted);
      expect(permits(ruleOf(type, { required: [pattern] }), asked)).toBe(isPermitted);
      // Whatever is permitted by a pattern is also denied by it; what is no name at all is never permitted.
      if (isPermitted) expect(permits(ruleOf(type, { denied: [pattern] }), asked)).toBe(false);
      expect(permits({ subjectAltNames: { mode: 'none' } }, asked)).toBe(false);
    },
  );
});

const usages = keyUsages.map((usage) => usage);
describe('usages', () => {
  it.each(usages.flatMap((usage) => [0, 1, 2, 3, 4].map((kind) => [usage, kind] as const)))(
    '%s by rule %i',
    (usage, kind) => {
      const rules = [
        { allowed: [usage], required: [] },
        { allowed: [], required: [] },
        { allowed: [], required: [], allowOthers: true },
        { allowed: [usage], required: [], denied: [usage] },
        { allowed: [], required: [usage] },
      ];
      expect(
        permits({ keyUsages: rules[kind] as PolicyDefinition['keyUsages'] }, { keyUsages: [usage] }),
      ).toBe([true, false, true, false, true][kind]);
      expect(permits({ keyUsages: rules[kind] as PolicyDefinition['keyUsages'] }, {})).toBe(kind !== 4);
    },
  );
  it.each([
    ['clientAuth', '1.3.6.1.5.5.7.3.2', true],
    ['1.3.6.1.5.5.7.3.2', 'clientAuth', true],
    ['1.2.3', '1.2.3', true],
    ['1.2.3', '1.2.3.4', false],
    ['serverAuth', 'clientAuth', false],
  ])('extended: %s permits %s: %s', (rule, asked, isPermitted) => {
    const policy = { extendedKeyUsages: { allowed: [rule], required: [] } };
    expect(permits(policy, { extendedKeyUsages: [asked] })).toBe(isPermitted);
    const denying = { extendedKeyUsages: { allowed: [], required: [], denied: [rule], allowOthers: true } };
    expect(permits(denying, { extendedKeyUsages: [asked] })).toBe(!isPermitted);
  });
});

describe('keys', () => {
  it.each(keyAlgorithms.map((one) => [one]))('%s only where it is named', (keyAlgorithm) => {
    expect(permits({ keyAlgorithms: [keyAlgorithm] }, { keyAlgorithm })).toBe(true);
    const others = keyAlgorithms.filter((one) => one !== keyAlgorithm);
    expect(permits({ keyAlgorithms: others }, { keyAlgorithm })).toBe(false);
  });
  it.each([
    [undefined, 'rsa-sha256', true],
    [['ecdsa-sha256'], 'ecdsa-sha256', true],
    [['ecdsa-sha256'], 'rsa-sha256', false],
    [['ecdsa-sha256'], undefined, true],
  ] as const)(
    'signature algorithms %s and %s: %s',
    (signatureAlgorithms, signatureAlgorithm, isPermitted) => {
      const policy = signatureAlgorithms ? { signatureAlgorithms: [...signatureAlgorithms] } : {};
      expect(permits(policy, { signatureAlgorithm })).toBe(isPermitted);
    },
  );
});

describe('the validity', () => {
  const from = '2026-01-31T00:00:00Z';
  it.each([
    ['P90D', undefined, '2026-05-01T00:00:00Z', true],
    ['P90D', undefined, '2026-05-01T00:00:01Z', false],
    ['1m', undefined, '2026-02-28T00:00:00Z', true],
    ['1m', undefined, '2026-02-28T00:00:01Z', false],
    ['30min', undefined, '2026-01-31T00:30:00Z', true],
    ['30min', undefined, '2026-01-31T00:30:01Z', false],
    ['1y', '30d', '2026-03-01T23:59:59Z', true],
    ['1y', '30d', '2026-03-01T23:59:58Z', false],
    ['999y', undefined, '9999-12-31T23:59:59Z', false],
    ['P90D', undefined, from, false],
    ['P90D', undefined, '2020-01-01T00:00:00Z', false],
    ['P90D', undefined, 'never', false],
  ])('at most %s, at least %s, until %s: %s', (maxValidity, minValidity, end, isPermitted) => {
    const policy = { maxValidity, ...(minValidity && { minValidity }) };
    expect(permits(policy, { notBefore: new Date(from), notAfter: new Date(end) })).toBe(isPermitted);
  });
});

describe('authorities', () => {
  it.each([
    ['denied', undefined, { isCa: false }, true],
    ['denied', undefined, { isCa: true }, false],
    ['allowed', undefined, { isCa: false }, true],
    ['allowed', undefined, { isCa: true }, true],
    ['allowed', undefined, { isCa: true, pathLength: 5 }, true],
    ['allowed', undefined, { isCa: false, pathLength: 0 }, false],
    ['required', undefined, { isCa: false }, false],
    ['required', 1, { isCa: true }, false],
    ['required', 1, { isCa: true, pathLength: 0 }, true],
    ['required', 1, { isCa: true, pathLength: 1 }, true],
    ['required', 1, { isCa: true, pathLength: 2 }, false],
  ] as const)('%s with at most %s: %j %s', (isCa, maxPathLength, asked, isPermitted) => {
    const longest = maxPathLength === undefined ? {} : { maxPathLength };
    expect(permits({ basicConstraints: { isCa, ...longest } }, asked)).toBe(isPermitted);
  });
  it.each([
    [undefined, false],
    [false, false],
    [true, true],
  ])('that sign themselves where allowSelfSigned is %s: %s', (allowSelfSigned, isPermitted) => {
    const policy = allowSelfSigned === undefined ? {} : { allowSelfSigned };
    expect(permits(policy, { isSelfSigned: true })).toBe(isPermitted);
  });
});

describe('a subject', () => {
  it.each([
    ['commonName', '*.example.com', 'a.example.com', true],
    ['commonName', '*.example.com', 'a.b.example.com', false],
    ['commonName', '*.example.com', 'а.exаmple.com', false],
    ['commonName', '*.example.com', 'a.example.com\u0000', false],
    ['commonName', '*.example.com', 'a.example.com.', false],
    ['commonName', '*', 'Ada Lovelace', true],
    ['commonName', '*', 'Ada\u202e Lovelace', false],
    ['commonName', '*', '\u200b', false],
    ['organization', 'Example GmbH', 'EXAMPLE  gmbh', true],
    ['organization', 'Example GmbH', 'Ｅｘａｍｐｌｅ GmbH', true],
    ['organization', 'Example GmbH', 'Exаmple GmbH', false],
    ['organization', 'Example*', 'Example\nGmbH', false],
    ['country', 'DE', 'de', true],
    ['country', 'DE', 'D1', false],
    ['country', 'DE', 'FR', false],
    ['emailAddress', '*@example.com', 'ada@example.com', true],
    ['emailAddress', '*@example.com', 'ada@example.com.evil.org', false],
    ['serialNumber', 'HW-*', 'HW-0042', true],
    ['serialNumber', 'HW-*', 'XHW-0042', false],
    ['state', 'Bayern', 'bayern', true],
    ['locality', 'M*nchen', 'München', true],
    ['organizationalUnit', 'IT', 'IT Security', false],
  ] as const)('%s under %s: %j %s', (type, pattern, value, isPermitted) => {
    const subject = { [type]: value };
    const rules = (patterns: object) => ({
      subject: { mode: 'rules' as const, rules: [{ type, ...patterns }] },
    });
    expect(permits(rules({ allowed: [pattern] }), { subject })).toBe(isPermitted);
    if (isPermitted) expect(permits(rules({ denied: [pattern] }), { subject })).toBe(false);
    expect(permits({ subject: { mode: 'none' } }, { subject })).toBe(false);
  });
});
