/** Whatever a policy lets through, the certificate keeps the policy when openssl reads it back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PolicyDefinition } from '../../src/shared/model/policy.ts';
import type { Input } from '../../src/shared/operations/index.ts';
import { openInProcess } from '../support/chancery-in-process.ts';
import { opensslText } from '../support/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('policy-read-back');
const realm = 'default';
const dayMs = 86_400_000;

/** Each pattern with what it means to a reader who knows nothing of the engine. */
const dnsPatterns = {
  '*.example.com': /^[^.]+\.example\.com$/,
  '**.example.com': /^(?:[^.]+\.)+example\.com$/,
  'web-*.example.org': /^web-[^.]+\.example\.org$/,
  'host.example.net': /^host\.example\.net$/,
} as const;
const ipRanges = {
  '10.0.0.0/8': /^10\./,
  '192.0.2.0/24': /^192\.0\.2\./,
  '2001:db8::/32': /^2001:DB8:/,
} as const;
const keyUsageTexts = {
  digitalSignature: 'Digital Signature',
  contentCommitment: 'Non Repudiation',
  keyAgreement: 'Key Agreement',
} as const;
const extendedTexts = {
  serverAuth: 'TLS Web Server Authentication',
  clientAuth: 'TLS Web Client Authentication',
  emailProtection: 'E-mail Protection',
} as const;
const keyTexts = { 'ecdsa-p256': 'prime256v1', 'ecdsa-p384': 'secp384r1', ed25519: 'ED25519' } as const;

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>) => Object.keys(table) as Key[];
const some = <Key extends string>(table: Readonly<Record<Key, unknown>>, minLength = 0) =>
  fc.uniqueArray(fc.constantFrom(...keysOf(table)), { minLength });

const policy = fc.record({
  dns: some(dnsPatterns, 2),
  ip: some(ipRanges, 2),
  organizations: fc.uniqueArray(fc.constantFrom('Example', 'Other'), { minLength: 1 }),
  usages: some(keyUsageTexts, 1),
  denied: some(keyUsageTexts),
  extended: some(extendedTexts, 1),
  keys: some(keyTexts, 2),
  maxDays: fc.integer({ min: 1, max: 400 }),
});
const label = fc.constantFrom('a', 'web-1', 'WEB-2', 'host', 'b.c', 'xn--bcher-kva', 'bücher', '*', '');
const name = fc.oneof(
  fc
    .tuple(label, fc.constantFrom('.example.com', '.example.org', '.example.net', '.evil.com'))
    .map(([first, rest]) => ({ type: 'dns' as const, value: first + rest })),
  fc
    .constantFrom('10.1.2.3', '::ffff:10.9.9.9', '11.0.0.1', '192.0.2.7', '2001:db8::7', '2001:db9::7')
    .map((value) => ({ type: 'ip' as const, value })),
);
const request = fc.record({
  names: fc.array(name, { minLength: 1, maxLength: 2 }),
  organization: fc.constantFrom('Example', 'EXAMPLE', 'Other', 'Evil'),
  keyUsages: fc.option(some(keyUsageTexts), { nil: undefined }),
  keyAlgorithm: fc.constantFrom(...keysOf(keyTexts)),
  days: fc.integer({ min: 1, max: 200 }),
});
type Policy = typeof policy extends fc.Arbitrary<infer Value> ? Value : never;
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

const definitionOf = (wanted: Policy): PolicyDefinition => ({
  subject: { mode: 'rules', rules: [{ type: 'organization', allowed: wanted.organizations }] },
  subjectAltNames: {
    mode: 'rules',
    rules: [
      { type: 'dns', allowed: wanted.dns },
      { type: 'ip', allowed: wanted.ip },
    ],
  },
  allowWildcards: false,
  keyUsages: { allowed: wanted.usages, required: [], denied: wanted.denied },
  extendedKeyUsages: { allowed: wanted.extended, required: [] },
  keyAlgorithms: wanted.keys,
  maxValidity: `P${wanted.maxDays}D`,
  isCa: false,
});
const inputOf = (asked: Request): Input<'certificates.issue'> => ({
  realm,
  subject: { organization: asked.organization },
  subjectAltNames: asked.names,
  keyAlgorithm: asked.keyAlgorithm,
  validity: `${asked.days}d`,
  ...(asked.keyUsages && { keyUsages: asked.keyUsages }),
});

const line = (text: string, heading: string) =>
  new RegExp(`${heading}[^\\n]*\\n\\s*([^\\n]*)`).exec(text)?.[1]?.trim() ?? '';

function expectKept(text: string, wanted: Policy): void {
  const names = line(text, 'X509v3 Subject Alternative Name:').split(', ');
  for (const shown of names) {
    const [, kind, value = ''] = /^(DNS|IP Address):(.*)$/.exec(shown) ?? [];
    const patterns =
      kind === 'DNS' ? wanted.dns.map((one) => dnsPatterns[one]) : wanted.ip.map((one) => ipRanges[one]);
    expect([shown, patterns.some((pattern) => pattern.test(value))]).toEqual([shown, true]);
  }
  const usages = line(text, 'X509v3 Key Usage:').split(', ').filter(Boolean);
  const permitted = wanted.usages.filter((one) => !wanted.denied.includes(one));
  for (const usage of usages) expect(permitted.map((one) => keyUsageTexts[one])).toContain(usage);
  for (const usage of line(text, 'X509v3 Extended Key Usage:').split(', '))
    expect(wanted.extended.map((one) => extendedTexts[one])).toContain(usage);
  expect(wanted.keys.some((one) => text.includes(keyTexts[one]))).toBe(true);
  const organization = /Subject:.*O ?= ?([^,\n]*)/.exec(text)?.[1]?.trim() ?? '';
  expect(wanted.organizations.map((one) => one.toLowerCase())).toContain(organization.toLowerCase());
  const [from, to] = [/Not Before: (.*)/, /Not After : (.*)/].map((one) =>
    Date.parse(one.exec(text)?.[1] ?? ''),
  );
  expect((to ?? Number.NaN) - (from ?? Number.NaN)).toBeLessThanOrEqual(wanted.maxDays * dayMs);
  expect(text).toContain('CA:FALSE');
}

it('a certificate that a policy lets through keeps the policy when it is read back', async () => {
  const office = await openInProcess();
  const pairs = fc.sample(fc.tuple(policy, request), { numRuns: 900, seed: 20261122 });
  let issued = 0;
  for (const [index, [wanted, asked]] of pairs.entries()) {
    const definition = definitionOf(wanted);
    const fields = inputOf(asked);
    const { realm: _, ...tested } = fields as Input<'policies.test'>;
    const { permitted } = await office.must('policies.test', { ...tested, definition });
    // Those that are refused only need to be refused by both; a few of them are asked for.
    if (!permitted && index % 30 !== 0) continue;
    const slug = `sample-${index}`;
    await office.must('policies.create', { slug, realm, definition });
    await office.must('profiles.create', { slug, realm, policy: slug, issuer: 'issuing' });
    const { status, body } = await office.call('certificates.issue', { ...fields, profile: slug });
    // A policy may permit what no certificate of its kind may hold, such as key agreement for a key that signs.
    expect(permitted ? ['LINT_FAILED', undefined] : ['POLICY_VIOLATION']).toContain(body.code);
    if (status !== 201) continue;
    const file = join(folder, 'one.pem');
    writeFileSync(file, body.certificate);
    expectKept(await opensslText('x509', '-in', file, '-noout', '-text'), wanted);
    issued += 1;
  }
  expect(issued).toBeGreaterThan(20);
  await office.chancery.close();
}, 120_000);
