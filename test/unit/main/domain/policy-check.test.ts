import { describe, expect, it } from 'vitest';
import { type AskedCertificate, checkPolicy } from '../../../../src/main/domain/policy-check.ts';
import { checkPolicyDefinition } from '../../../../src/main/domain/policy-definition-check.ts';
import type { Subject, SubjectAltName } from '../../../../src/shared/model/names.ts';
import {
  PolicyDefinition,
  type SubjectAltNameRule,
  type SubjectRule,
} from '../../../../src/shared/model/policy.ts';

const open: PolicyDefinition = PolicyDefinition.parse({
  subject: { mode: 'any' },
  subjectAltNames: { mode: 'any' },
  keyUsages: { allowed: ['digitalSignature', 'keyEncipherment'], required: [] },
  extendedKeyUsages: { allowed: ['serverAuth', '1.3.6.1.5.5.7.3.2'], required: [] },
  keyAlgorithms: ['ecdsa-p256', 'ed25519'],
  maxValidity: 'P90D',
});

const plain: AskedCertificate = {
  subject: { commonName: 'www.example.com' },
  subjectAltNames: [{ type: 'dns', value: 'www.example.com' }],
  keyUsages: ['digitalSignature'],
  extendedKeyUsages: ['serverAuth'],
  keyAlgorithm: 'ecdsa-p256',
  notBefore: new Date('2025-01-01T00:00:00Z'),
  notAfter: new Date('2025-03-31T23:59:59Z'),
  isCa: false,
};

const check = (policy: Partial<PolicyDefinition>, asked: Partial<AskedCertificate>) =>
  checkPolicy({ ...open, ...policy }, { ...plain, ...asked }).map(
    ({ path, rule }) => `${path.join('.')}: ${rule}`,
  );

const subjectRules = (...rules: SubjectRule[]) => ({ subject: { mode: 'rules' as const, rules } });
const nameRules = (...rules: SubjectAltNameRule[]) => ({
  subjectAltNames: { mode: 'rules' as const, rules },
});
const dns = (...values: string[]): SubjectAltName[] => values.map((value) => ({ type: 'dns', value }));

it('lets through what departs in nothing', () => {
  expect(check({}, {})).toEqual([]);
});

describe('the subject', () => {
  const cn: SubjectRule = { type: 'commonName', allowed: ['*.example.com'] };
  it.each<[string, Partial<PolicyDefinition>, Subject, string[]]>([
    ['is free in mode any', {}, { organization: 'Whoever' }, []],
    ['is empty in mode none', { subject: { mode: 'none' } }, {}, []],
    [
      'has nothing in mode none',
      { subject: { mode: 'none' } },
      { country: 'DE' },
      ['subject.country: subject.none'],
    ],
    ['has a type without a rule', subjectRules(cn), { country: 'DE' }, ['subject.country: subject.type']],
    ['may lack what is only allowed', subjectRules(cn), {}, []],
    ['matches by label', subjectRules(cn), { commonName: 'A.Example.com' }, []],
    [
      'does not cross dots',
      subjectRules(cn),
      { commonName: 'a.b.example.com' },
      ['subject.commonName: subject.allowed'],
    ],
    [
      'asks for a wildcard',
      subjectRules(cn),
      { commonName: '*.example.com' },
      ['subject.commonName: subject.wildcard'],
    ],
    [
      'asks for a wildcard in mode any',
      {},
      { commonName: '*.example.com' },
      ['subject.commonName: subject.wildcard'],
    ],
    [
      'may ask for a wildcard',
      { ...subjectRules(cn), allowWildcards: true },
      { commonName: '*.example.com' },
      [],
    ],
    ['is text', subjectRules({ type: 'commonName', allowed: ['*'] }), { commonName: 'Jane D. Doe' }, []],
    [
      'has no case',
      subjectRules({ type: 'organization', allowed: ['Example  GmbH'] }),
      { organization: 'EXAMPLE gmbh' },
      [],
    ],
    [
      'lacks what is required',
      subjectRules({ type: 'organization', required: ['A', 'B'] }),
      {},
      ['subject.organization: subject.required'],
    ],
    [
      'meets any one required',
      subjectRules({ type: 'organization', required: ['A', 'B'] }),
      { organization: 'B' },
      [],
    ],
    [
      'meets none of the required',
      subjectRules({ type: 'organization', required: ['A'] }),
      { organization: 'C' },
      ['subject.organization: subject.allowed', 'subject.organization: subject.required'],
    ],
    [
      'is allowed by being required',
      subjectRules({ type: 'organization', allowed: ['A'], required: ['B'] }),
      { organization: 'B' },
      [],
    ],
    [
      'is allowed but still lacks the required',
      subjectRules({ type: 'organization', allowed: ['A'], required: ['B'] }),
      { organization: 'A' },
      ['subject.organization: subject.required'],
    ],
    [
      'is denied although required',
      subjectRules({ type: 'organization', required: ['*'], denied: ['Evil*'] }),
      { organization: 'evil corp' },
      ['subject.organization: subject.denied'],
    ],
    [
      'is anything but the denied',
      subjectRules({ type: 'organization', denied: ['Evil*'] }),
      { organization: 'Good' },
      [],
    ],
    ...['Ｅvil', 'E\u200bvil', 'E\ufe0fvil', 'evil', ' Evil', '\u{1d404}vil'].map(
      (organization): [string, Partial<PolicyDefinition>, Subject, string[]] => [
        `is denied however it is dressed: ${organization}`,
        subjectRules({ type: 'organization', denied: ['Evil'] }),
        { organization },
        ['subject.organization: subject.denied'],
      ],
    ),
    ...['admin.example.com', 'ADMIN.example.com.', 'ａdmin.example.com', '*.example.com'].map(
      (commonName): [string, Partial<PolicyDefinition>, Subject, string[]] => [
        `is a denied host however it is dressed: ${commonName}`,
        { ...subjectRules({ type: 'commonName', denied: ['admin.example.com'] }), allowWildcards: true },
        { commonName },
        ['subject.commonName: subject.denied'],
      ],
    ),
    ['has an embedded NUL', {}, { commonName: 'a.example\0.evil' }, ['subject.commonName: subject.syntax']],
    [
      'turns the direction of reading',
      {},
      { commonName: 'moc.\u202eelpmaxe' },
      ['subject.commonName: subject.syntax'],
    ],
    ['has a lone surrogate', {}, { organization: 'A\ud800' }, ['subject.organization: subject.syntax']],
    ['is blank', {}, { organization: '  ' }, ['subject.organization: subject.syntax']],
    ['cannot be seen', {}, { organization: '\u200b\u3164' }, ['subject.organization: subject.syntax']],
    ['has no country of two letters', {}, { country: 'D1' }, ['subject.country: subject.syntax']],
    ['has a broken mailbox', {}, { emailAddress: 'jane' }, ['subject.emailAddress: subject.syntax']],
    [
      'has a mailbox elsewhere',
      subjectRules({ type: 'emailAddress', allowed: ['*@example.com'] }),
      { emailAddress: 'a@b.example.com' },
      ['subject.emailAddress: subject.allowed'],
    ],
    [
      'has one domain component too many',
      subjectRules({ type: 'domainComponent', allowed: ['com', 'example'] }),
      { domainComponent: ['com', 'example', 'evil'] },
      ['subject.domainComponent.2: subject.allowed'],
    ],
  ])('%s', (_, policy, subject, expected) => {
    expect(check(policy, { subject })).toEqual(expected);
  });
});

describe('the alternative names', () => {
  const example: SubjectAltNameRule = {
    type: 'dns',
    allowed: ['**.example.com'],
    denied: ['admin.example.com'],
  };
  it.each<[string, Partial<PolicyDefinition>, SubjectAltName[], string[]]>([
    ['are free in mode any', {}, [{ type: 'ip', value: '10.0.0.1' }], []],
    [
      'are well formed even in mode any',
      {},
      dns('a..b'),
      ['subjectAltNames.0.value: subjectAltNames.syntax'],
    ],
    [
      'are no wildcard even in mode any',
      {},
      dns('*.a.example'),
      ['subjectAltNames.0.value: subjectAltNames.wildcard'],
    ],
    [
      'are absent in mode none',
      { subjectAltNames: { mode: 'none' } },
      dns('a.example'),
      ['subjectAltNames.0.value: subjectAltNames.none'],
    ],
    [
      'are of a type with a rule',
      nameRules(example),
      [{ type: 'ip', value: '10.0.0.1' }],
      ['subjectAltNames.0.value: subjectAltNames.type'],
    ],
    [
      'are judged each',
      nameRules(example),
      dns('a.example.com', 'evil.test', 'b.example.com', 'c.test'),
      [
        'subjectAltNames.1.value: subjectAltNames.allowed',
        'subjectAltNames.3.value: subjectAltNames.allowed',
      ],
    ],
    [
      'are denied',
      nameRules(example),
      dns('ADMIN.example.com'),
      ['subjectAltNames.0.value: subjectAltNames.denied'],
    ],
    [
      'are denied behind a wildcard',
      { ...nameRules(example), allowWildcards: true },
      dns('*.example.com'),
      ['subjectAltNames.0.value: subjectAltNames.denied'],
    ],
    [
      'are a wildcard elsewhere',
      { ...nameRules(example), allowWildcards: true },
      dns('*.sub.example.com'),
      [],
    ],
    [
      'meet every required pattern',
      nameRules({ type: 'dns', required: ['a.*', 'b.*'] }),
      dns('a.x', 'b.x'),
      [],
    ],
    [
      'miss one required pattern',
      nameRules({ type: 'dns', required: ['a.*', 'b.*'] }),
      dns('a.x'),
      ['subjectAltNames: subjectAltNames.required'],
    ],
    [
      'are missing',
      nameRules({ type: 'dns', required: ['**'] }),
      [],
      ['subjectAltNames: subjectAltNames.required'],
    ],
    [
      'do not meet a requirement by another type',
      nameRules({ type: 'dns', required: ['**'] }, { type: 'email' }),
      [{ type: 'email', value: 'a@b.example' }],
      ['subjectAltNames: subjectAltNames.required'],
    ],
    [
      'lie in a range',
      nameRules({ type: 'ip', allowed: ['10.0.0.0/8'] }),
      [
        { type: 'ip', value: '::ffff:10.1.1.1' },
        { type: 'ip', value: '100.0.0.1' },
      ],
      ['subjectAltNames.1.value: subjectAltNames.allowed'],
    ],
    [
      'are a mapped address of a denied range',
      nameRules({ type: 'ip', denied: ['127.0.0.0/8'] }),
      [{ type: 'ip', value: '::ffff:7f00:1' }],
      ['subjectAltNames.0.value: subjectAltNames.denied'],
    ],
    [
      'are refused whole by an unreadable denial',
      nameRules({ type: 'dns', denied: ['a..b'] }),
      dns('a.example'),
      ['subjectAltNames.0.value: subjectAltNames.denied'],
    ],
    [
      'are not let in by an unreadable permission',
      nameRules({ type: 'dns', allowed: ['a..b'] }),
      dns('a.example'),
      ['subjectAltNames.0.value: subjectAltNames.allowed'],
    ],
  ])('%s', (_, policy, subjectAltNames, expected) => {
    expect(check(policy, { subjectAltNames })).toEqual(expected);
  });

  it('are shown so that they cannot deceive the reader', () => {
    const [violation] = checkPolicy(open, { ...plain, subjectAltNames: dns('a\u202e\0\u001b[31m.example') });
    expect(violation?.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('usages, keys and validity', () => {
  it.each<[string, Partial<PolicyDefinition>, Partial<AskedCertificate>, string[]]>([
    [
      'a usage that is not permitted',
      {},
      { keyUsages: ['digitalSignature', 'keyCertSign'] },
      ['keyUsages.1: keyUsages.allowed'],
    ],
    [
      'a usage that is required',
      { keyUsages: { allowed: [], required: ['keyAgreement'] } },
      { keyUsages: [] },
      ['keyUsages: keyUsages.required'],
    ],
    [
      'a required usage that is asked for',
      { keyUsages: { allowed: [], required: ['keyAgreement'] } },
      { keyUsages: ['keyAgreement'] },
      [],
    ],
    ['an extended usage by its number', {}, { extendedKeyUsages: ['1.3.6.1.5.5.7.3.1'] }, []],
    ['an extended usage by its name', {}, { extendedKeyUsages: ['clientAuth'] }, []],
    [
      'any extended usage',
      {},
      { extendedKeyUsages: ['2.5.29.37.0'] },
      ['extendedKeyUsages.0: extendedKeyUsages.allowed'],
    ],
    [
      'an extended usage named as a member of objects',
      {},
      { extendedKeyUsages: ['constructor'] },
      ['extendedKeyUsages.0: extendedKeyUsages.allowed'],
    ],
    [
      'a required extended usage',
      { extendedKeyUsages: { allowed: [], required: ['serverAuth'] } },
      { extendedKeyUsages: [] },
      ['extendedKeyUsages: extendedKeyUsages.required'],
    ],
    ['another key algorithm', {}, { keyAlgorithm: 'rsa-2048' }, ['keyAlgorithm: keyAlgorithms']],
    ['the longest validity', {}, { notAfter: new Date('2025-04-01T00:00:00Z') }, []],
    ['a second more', {}, { notAfter: new Date('2025-04-01T00:00:01Z') }, ['notAfter: validity.maxValidity']],
    [
      'calendar months',
      { maxValidity: '1m' },
      { notAfter: new Date('2025-02-01T00:00:01Z') },
      ['notAfter: validity.maxValidity'],
    ],
    [
      'an end before the beginning',
      {},
      { notAfter: new Date('2024-01-01T00:00:00Z') },
      ['notAfter: validity.order'],
    ],
    ['no time at all', {}, { notAfter: plain.notBefore }, ['notAfter: validity.order']],
    ['a date that is none', {}, { notAfter: new Date('never') }, ['notAfter: validity.dates']],
    ['an authority', {}, { isCa: true }, ['isCa: isCa']],
    ['no authority', { isCa: true }, {}, ['isCa: isCa']],
  ])('%s', (_, policy, asked, expected) => {
    expect(check(policy, asked)).toEqual(expected);
  });

  it('tells everything at once', () => {
    const rules = check(
      { subject: { mode: 'none' }, subjectAltNames: { mode: 'none' } },
      {
        keyUsages: ['cRLSign'],
        extendedKeyUsages: ['codeSigning'],
        keyAlgorithm: 'rsa-4096',
        isCa: true,
        notAfter: new Date('2035-01-01'),
      },
    );
    expect(rules).toHaveLength(7);
  });
});

describe('checkPolicyDefinition', () => {
  it('names every pattern that cannot be read', () => {
    const problems = checkPolicyDefinition({
      ...open,
      ...nameRules(
        { type: 'dns', allowed: ['*.example.com', 'a..b'] },
        { type: 'ip', required: ['10.0.0.0/8'], denied: ['10.0.0.*'] },
      ),
    });
    expect(problems.map(({ path }) => path.join('.'))).toEqual([
      'subjectAltNames.rules.0.allowed.1',
      'subjectAltNames.rules.1.denied.0',
    ]);
  });
});
