import { createHash, generateKeyPairSync, generatePrimeSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificateLints, lintCertificate } from '../../../../src/main/lint/index.ts';
import { readCertificateDocument } from '../../../../src/main/lint/read/read-document.ts';
import type { LintOptions } from '../../../../src/main/lint/rule.ts';
import { contextGroup, contextValue, tags } from '../../../../src/main/x509/der/der-tags.ts';
import {
  access,
  algorithm,
  authority,
  bits,
  caExtensions,
  certificate,
  common,
  der,
  dns,
  type ExtensionPart,
  email,
  generalized,
  hex,
  ip,
  keyId,
  list,
  nameOf,
  newSpki,
  oid,
  p256,
  points,
  rsaSpki,
  spkiOf,
  uri,
  utc,
} from './document-parts.ts';

const plain: LintOptions = { profile: 'rfc5280' };
const strict: LintOptions = { profile: 'public-like' };

interface Case {
  readonly bad: Uint8Array;
  /** What the rule applies to without finding anything; an ordinary leaf where it is not given. */
  readonly good?: Uint8Array;
  readonly options?: LintOptions;
}

const with1 = (name: string, part: ExtensionPart) => certificate({ extensions: { [name]: part } });
const authorityWith = (name: string, part: ExtensionPart | undefined) =>
  authority({ extensions: { [name]: part } });
const subject = (...attributes: Parameters<typeof nameOf>) => certificate({ subject: nameOf(...attributes) });
const usage = (spki: Uint8Array, ...numbers: number[]) =>
  certificate({ spki, extensions: { keyUsage: { critical: true, value: bits(...numbers) } } });
const withKey = (spki: Uint8Array, ca = false) => (ca ? authority({ spki }) : certificate({ spki }));
const purposes = (critical: boolean, ...dotted: string[]) =>
  with1('extKeyUsage', { critical, value: list(...dotted.map(oid)) });

const prime = (bitCount: number) => generatePrimeSync(bitCount, { bigint: true });
const [p, q] = [prime(1024), prime(1024)] as const;
const bytesOf = (n: bigint) => {
  const digits = n.toString(16);
  return hex(digits.length % 2 === 0 ? digits : `0${digits}`);
};
const rsa = newSpki(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const goodRsa = usage(rsa, 0, 2);
const pss = newSpki(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }));
const ed25519 = newSpki(generateKeyPairSync('ed25519'));
const nist = '2.16.840.1.101.3.4.';
const mlDsa = spkiOf(`${nist}3.18`, randomBytes(1952));
const slhDsa = spkiOf(`${nist}3.20`, randomBytes(32));
const mlKem = spkiOf(`${nist}4.2`, randomBytes(1184));
const x25519 = newSpki(generateKeyPairSync('x25519'));

/** 65537^5 modulo every small prime at once, made 2048 bits long: the shape that the broken library gave. */
function rocaModulus(): bigint {
  const primes = Array.from({ length: 166 }, (_, i) => i + 2).filter((n) =>
    Array.from({ length: 12 }, (_, i) => i + 2).every((d) => d === n || n % d !== 0),
  );
  const primorial = primes.reduce((product, each) => product * BigInt(each), 1n);
  return (2n ** 2047n / primorial + 1n) * primorial * 1n + (65_537n ** 5n % primorial);
}

/** A public-like server certificate, good in all that the baseline asks. */
const server = (parts: Parameters<typeof certificate>[0] = {}) =>
  certificate({
    subject: hex('3000'),
    ...parts,
    extensions: {
      subjectAltName: { critical: true, value: list(dns('a.chancery.eu'), dns('b.chancery.eu')) },
      certificatePolicies: { value: list(list(oid('2.23.140.1.2.1'))) },
      cRLDistributionPoints: { value: points(uri('http://a.chancery.eu/crl')) },
      ...parts.extensions,
    },
  });
const named = (...names: Parameters<typeof list>) =>
  server({ extensions: { subjectAltName: { critical: true, value: list(...names) } } });
const subordinate = authority({
  extensions: {
    extKeyUsage: { value: list(oid('1.3.6.1.5.5.7.3.1')) },
    cRLDistributionPoints: { value: points(uri('http://a.chancery.eu/crl')) },
  },
});

const subtrees = (name: Parameters<typeof list>[0], bounded = false): ExtensionPart => ({
  critical: true,
  value: list((w) =>
    w.group(contextGroup(0), () =>
      w.sequence(() => {
        name(w);
        if (bounded) w.value(contextValue(0), hex('01'));
      }),
    ),
  ),
});
const constraints = authorityWith('nameConstraints', subtrees(dns('chancery.eu')));
const notice = (tag: number, text: string): ExtensionPart => ({
  value: list(
    list(
      oid('1.2.3.4'),
      list(
        list(
          oid('1.3.6.1.5.5.7.2.2'),
          list((w) => w.text(tag, text)),
        ),
      ),
    ),
  ),
});

const cases: Readonly<Record<string, Case>> = {
  'rfc5280.version.known': { bad: certificate({ version: hex('a003020103') }) },
  'rfc5280.version.extensions': { bad: certificate({ version: hex('a003020101') }) },
  'rfc5280.version.not-three': { bad: certificate({ version: new Uint8Array(), extensions: null }) },
  'x690.version.default': { bad: certificate({ version: hex('a003020100'), extensions: null }) },
  'rfc5280.serial.positive': { bad: certificate({ serial: hex('8a112233445566778899') }) },
  'rfc5280.serial.length': { bad: certificate({ serial: hex(`00${'ff'.repeat(20)}`) }) },
  'hygiene.serial.guessable': { bad: certificate({ serial: hex('01') }) },
  'rfc5280.unique-identifiers': { bad: certificate({ uniqueId: true }) },
  'rfc5280.algorithm.agree': { bad: certificate({ outerAlgorithm: algorithm('1.2.840.10045.4.3.3') }) },
  'rfc4055.algorithm.null-parameters': {
    bad: certificate({ algorithm: algorithm('1.2.840.113549.1.1.11') }),
    good: certificate({ algorithm: algorithm('1.2.840.113549.1.1.11', hex('0500')) }),
  },
  'rfc5758.algorithm.no-parameters': {
    bad: certificate({ algorithm: algorithm('1.3.101.112', hex('0500')) }),
  },
  'hygiene.signature.broken-hash': {
    bad: certificate({ algorithm: algorithm('1.2.840.113549.1.1.5', hex('0500')) }),
  },
  'rfc5280.validity.encoding': { bad: certificate({ notAfter: generalized('20260501000000Z') }) },
  'rfc5280.validity.order': { bad: certificate({ notAfter: utc('260331000000Z') }) },
  'rfc5280.validity.endless': { bad: certificate({ notAfter: generalized('99991231235959Z') }) },
  'rfc5280.name.issuer-empty': { bad: certificate({ issuer: hex('3000') }) },
  'x690.name.characters': { bad: subject(['2.5.4.3', tags.printableString, 'a@b']) },
  'rfc5280.name.string-type': { bad: subject(['2.5.4.6', tags.utf8String, 'DE']) },
  'rfc5280.name.directory-string': { bad: subject(['2.5.4.3', tags.ia5String, 'a']) },
  'rfc5280.name.old-string-type': { bad: subject(['2.5.4.3', tags.teletexString, 'a']) },
  'rfc5280.name.upper-bound': { bad: certificate({ subject: common('ä'.repeat(65)) }) },
  'rfc5280.name.empty-value': { bad: certificate({ subject: common('') }) },
  'rfc5280.name.country': { bad: subject(['2.5.4.6', tags.printableString, 'D1']) },
  'hygiene.name.control-characters': { bad: certificate({ subject: common('a\0b') }) },
  'hygiene.name.blanks': { bad: certificate({ subject: common('a  b') }) },
  'x690.name.set-order': {
    bad: certificate({
      subject: der((w) =>
        w.sequence(() =>
          w.group(tags.set, () => {
            for (const text of ['b', 'a'])
              w.sequence(() => w.objectIdentifier('2.5.4.3').text(tags.utf8String, text));
          }),
        ),
      ),
    }),
  },
  'rfc5280.name.email-in-subject': { bad: subject(['1.2.840.113549.1.9.1', tags.ia5String, 'a@b.eu']) },
  'rfc5280.subject.authority-empty': { bad: authority({ subject: hex('3000') }) },
  'rfc5280.subject.empty': { bad: certificate({ subject: hex('3000') }), good: server() },
  'rfc5280.key.syntax': { bad: withKey(spkiOf('1.2.840.113549.1.1.1', hex('30'), hex('0500'))) },
  'rfc3279.key.null-parameters': { bad: withKey(rsaSpki(p * q, 65_537, new Uint8Array())) },
  'rfc8410.key.no-parameters': { bad: withKey(spkiOf('1.3.101.112', ed25519.subarray(-32), hex('0500'))) },
  'hygiene.rsa.small': { bad: withKey(newSpki(generateKeyPairSync('rsa', { modulusLength: 1024 }))) },
  'hygiene.rsa.large': { bad: withKey(rsaSpki(2n ** 8193n + 1n)) },
  'hygiene.rsa.odd-size': { bad: withKey(rsaSpki(p * (q >> 1n))) },
  'hygiene.rsa.exponent': { bad: withKey(rsaSpki(p * q, 65_536)) },
  'hygiene.rsa.small-exponent': { bad: withKey(rsaSpki(p * q, 3)) },
  'hygiene.rsa.small-factor': { bad: withKey(rsaSpki(p * (q - (q % 7919n)))), good: goodRsa },
  'hygiene.rsa.close-primes': { bad: withKey(rsaSpki((p + 30n) * (p - 30n))), good: goodRsa },
  'hygiene.rsa.roca': { bad: withKey(rsaSpki(rocaModulus())), good: goodRsa },
  'hygiene.rsa.blacklisted': {
    bad: withKey(rsaSpki(p * q)),
    good: goodRsa,
    options: {
      profile: 'rfc5280',
      isBlacklisted: (fingerprint) =>
        fingerprint ===
        createHash('sha1')
          .update(
            `Modulus=${Buffer.from(bytesOf(p * q))
              .toString('hex')
              .toUpperCase()}\n`,
          )
          .digest('hex')
          .slice(-20),
    },
  },
  'hygiene.rsa.shared-factor': {
    bad: withKey(rsaSpki(p * q)),
    good: goodRsa,
    // The key itself is in the list too, and is not what is searched for.
    options: { profile: 'rfc5280', moduli: [bytesOf(p * q), bytesOf(p * prime(1024))] },
  },
  'rfc5480.ec.named-curve': { bad: withKey(spkiOf('1.2.840.10045.2.1', p256.subarray(-65), hex('3000'))) },
  'hygiene.ec.curve': {
    bad: withKey(spkiOf('1.2.840.10045.2.1', hex('0400'), der(oid('1.3.132.0.33')))),
  },
  'hygiene.ec.point': {
    bad: withKey(Uint8Array.from(p256, (byte, i) => (i === p256.length - 1 ? byte ^ 1 : byte))),
  },
  'hygiene.ec.compressed': {
    bad: withKey(
      spkiOf(
        '1.2.840.10045.2.1',
        Uint8Array.of(2, ...p256.subarray(-64, -32)),
        der(oid('1.2.840.10045.3.1.7')),
      ),
    ),
  },
  'hygiene.ed25519.point': {
    bad: withKey(spkiOf('1.3.101.112', new Uint8Array(32))),
    good: withKey(ed25519),
  },
  'rfc9881.key.length': { bad: withKey(spkiOf(`${nist}3.17`, randomBytes(1952))), good: withKey(mlDsa) },
  'hygiene.dsa': { bad: withKey(spkiOf('1.2.840.10040.4.1', hex('020105'))) },
  'hygiene.key.used-elsewhere': {
    bad: withKey(p256),
    good: withKey(rsa),
    options: {
      profile: 'rfc5280',
      knownKeys: (hash) =>
        hash === createHash('sha256').update(p256).digest('hex').toUpperCase()
          ? 'certificate 5A11'
          : undefined,
    },
  },
  'rfc5280.extension.duplicate': { bad: certificate({ repeated: 'keyUsage' }) },
  'rfc5280.extension.syntax': { bad: with1('keyUsage', { critical: true, value: (w) => w.integer(1) }) },
  'x690.extension.default': {
    bad: with1('subjectKeyIdentifier', { writesFalse: true, value: (w) => w.octetString(hex('01')) }),
  },
  'rfc5280.extension.must-be-critical': {
    bad: authorityWith('basicConstraints', { value: list((w) => w.boolean(true)) }),
    good: authority(),
  },
  'rfc5280.extension.should-be-critical': { bad: with1('keyUsage', { value: bits(0) }) },
  'rfc5280.extension.must-not-be-critical': {
    bad: with1('authorityKeyIdentifier', { critical: true, value: keyId }),
  },
  'rfc5280.extension.should-not-be-critical': {
    bad: with1('cRLDistributionPoints', { critical: true, value: points(uri('http://a.eu/crl')) }),
  },
  'rfc5280.extension.unknown-critical': { bad: with1('1.2.3.4', { critical: true, value: (w) => w.null() }) },
  'rfc5280.keyUsage.authority-present': { bad: authorityWith('keyUsage', undefined), good: authority() },
  'rfc5280.keyUsage.authority-signs': {
    bad: authorityWith('keyUsage', { critical: true, value: bits(0) }),
    good: authority(),
  },
  'rfc5280.basicConstraints.path-length': {
    bad: with1('basicConstraints', { critical: true, value: list((w) => w.integer(0)) }),
    good: authority(),
  },
  'x690.basicConstraints.default': {
    bad: with1('basicConstraints', { critical: true, value: list((w) => w.boolean(false)) }),
  },
  'rfc5280.subjectKeyIdentifier.authority': {
    bad: authorityWith('subjectKeyIdentifier', undefined),
    good: authority(),
  },
  'rfc5280.subjectKeyIdentifier.end-entity': {
    bad: certificate({ extensions: { subjectKeyIdentifier: undefined } }),
  },
  'rfc5280.authorityKeyIdentifier.present': {
    bad: with1('authorityKeyIdentifier', { value: list() }),
  },
  'rfc5280.authorityKeyIdentifier.pair': {
    bad: with1('authorityKeyIdentifier', {
      value: list(
        (w) => w.value(contextValue(0), hex('01')),
        (w) => w.value(contextValue(2), hex('01')),
      ),
    }),
  },
  'rfc5280.authorityKeyIdentifier.issuer-serial': {
    bad: with1('authorityKeyIdentifier', {
      value: list(
        (w) => w.value(contextValue(0), hex('01')),
        (w) => w.group(contextGroup(1), () => dns('a')(w)),
        (w) => w.value(contextValue(2), hex('01')),
      ),
    }),
  },
  'rfc5280.nameConstraints.authority': { bad: with1('nameConstraints', subtrees(dns('a.eu'))) },
  'rfc5280.nameConstraints.empty': {
    bad: authorityWith('nameConstraints', { critical: true, value: list() }),
    good: constraints,
  },
  'rfc5280.nameConstraints.bounds': {
    bad: authorityWith('nameConstraints', subtrees(dns('a.eu'), true)),
    good: constraints,
  },
  'rfc5280.nameConstraints.form': {
    bad: authorityWith('nameConstraints', subtrees(ip(hex('0a000000ff00ff00')))),
    good: authorityWith('nameConstraints', subtrees(ip(hex('0a000000ff000000')))),
  },
  'rfc5280.policyConstraints.empty': {
    bad: authorityWith('policyConstraints', { critical: true, value: list() }),
    good: authorityWith('policyConstraints', {
      critical: true,
      value: list((w) => w.value(0x80, hex('00'))),
    }),
  },
  'rfc5280.policyMappings.any-policy': {
    bad: authorityWith('policyMappings', {
      critical: true,
      value: list(list(oid('2.5.29.32.0'), oid('1.2.3'))),
    }),
    good: authorityWith('policyMappings', { critical: true, value: list(list(oid('1.2.4'), oid('1.2.3'))) }),
  },
  'rfc5280.policies.duplicate': {
    bad: with1('certificatePolicies', { value: list(list(oid('1.2.3')), list(oid('1.2.3'))) }),
    good: with1('certificatePolicies', { value: list(list(oid('1.2.3')), list(oid('1.2.4'))) }),
  },
  'rfc6818.policies.explicit-text': {
    bad: with1('certificatePolicies', notice(tags.ia5String, 'a')),
    good: with1('certificatePolicies', notice(tags.utf8String, 'a')),
  },
  'rfc3279.keyUsage.rsa': { bad: usage(rsa, 4), good: goodRsa },
  'rfc4055.keyUsage.pss': { bad: usage(pss, 2), good: usage(pss, 0) },
  'rfc8813.keyUsage.ec': { bad: usage(p256, 0, 2) },
  'rfc9295.keyUsage.eddsa': { bad: usage(ed25519, 0, 4), good: usage(ed25519, 0) },
  'rfc9295.keyUsage.xdh': { bad: usage(x25519, 0), good: usage(x25519, 4) },
  'rfc9881.keyUsage.ml-dsa': { bad: usage(mlDsa, 0, 2), good: usage(mlDsa, 0) },
  'rfc9909.keyUsage.slh-dsa': { bad: usage(slhDsa, 4), good: usage(slhDsa, 0) },
  'rfc9935.keyUsage.ml-kem': { bad: usage(mlKem, 0), good: usage(mlKem, 2) },
  'rfc5280.keyUsage.empty': {
    bad: with1('keyUsage', { critical: true, value: (w) => w.bitString(new Uint8Array()) }),
  },
  'x690.keyUsage.named-bits': {
    bad: with1('keyUsage', { critical: true, value: (w) => w.bitString(hex('80'), 0) }),
  },
  'rfc5280.keyUsage.sign-certificates': { bad: usage(p256, 0, 5) },
  'rfc5280.keyUsage.one-way-agreement': { bad: usage(p256, 0, 7) },
  'rfc5280.extKeyUsage.consistent': { bad: usage(p256, 6) },
  'rfc5280.extKeyUsage.any-critical': { bad: purposes(true, '2.5.29.37.0') },
  'hygiene.extKeyUsage.duplicate': { bad: purposes(false, '1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.1') },
  'rfc3161.extKeyUsage.time-stamping': {
    bad: purposes(false, '1.3.6.1.5.5.7.3.8'),
    good: purposes(true, '1.3.6.1.5.5.7.3.8'),
  },
  'rfc6960.ocsp.no-check': {
    bad: purposes(false, '1.3.6.1.5.5.7.3.9'),
    good: certificate({
      extensions: {
        extKeyUsage: { value: list(oid('1.3.6.1.5.5.7.3.9')) },
        ocspNoCheck: { value: (w) => w.null() },
      },
    }),
  },
  'rfc5280.altName.ascii': { bad: with1('subjectAltName', { value: list(dns('ä.eu')) }) },
  'rfc5280.altName.dns': { bad: with1('subjectAltName', { value: list(dns('a.eu.')) }) },
  'rfc5280.altName.email': { bad: with1('subjectAltName', { value: list(email('A <a@b.eu>')) }) },
  'rfc5280.altName.uri': { bad: with1('subjectAltName', { value: list(uri('/a')) }) },
  'rfc5280.altName.ip': { bad: with1('subjectAltName', { value: list(ip(hex('0102030405'))) }) },
  'hygiene.altName.duplicate': { bad: with1('subjectAltName', { value: list(dns('a.eu'), dns('A.eu')) }) },
  'hygiene.altName.unsorted': { bad: with1('subjectAltName', { value: list(dns('b.eu'), dns('a.eu')) }) },
  'rfc5280.distributionPoint.empty': {
    bad: with1('cRLDistributionPoints', { value: list((w) => w.sequence(() => w.value(0x81, hex('0640')))) }),
    good: server(),
  },
  'rfc5280.distributionPoint.uri': {
    bad: with1('cRLDistributionPoints', { value: points(uri('a/crl')) }),
    good: server(),
  },
  'rfc5280.distributionPoint.https': {
    bad: with1('cRLDistributionPoints', { value: points(uri('https://a.eu/crl')) }),
    good: server(),
  },
  'rfc5280.distributionPoint.reasons': {
    bad: with1('cRLDistributionPoints', { value: list((w) => w.sequence(() => w.value(0x81, hex('0640')))) }),
    good: server(),
  },
  'rfc5280.access.uri': {
    bad: with1('authorityInfoAccess', { value: access('1.3.6.1.5.5.7.48.2', uri('a')) }),
  },
  'rfc6960.access.responder': {
    bad: with1('authorityInfoAccess', { value: access('1.3.6.1.5.5.7.48.1', dns('a.eu')) }),
  },
  'br.validity.limit': {
    bad: server({ notAfter: utc('261018000000Z') }),
    good: server({ notAfter: utc('261017235959Z') }),
  },
  'br.serial.entropy': { bad: server({ serial: hex('5a11223344') }) },
  'br.san.present': { bad: server({ extensions: { subjectAltName: undefined } }) },
  'br.san.kinds': { bad: named(email('a@b.eu')) },
  'br.commonName.in-san': {
    bad: server({ subject: common('c.chancery.eu') }),
    good: server({ subject: common('a.chancery.eu') }),
  },
  'br.commonName.deprecated': { bad: server({ subject: common('a.chancery.eu') }) },
  'br.dns.underscore': { bad: named(dns('a_b.chancery.eu')) },
  'br.dns.internal': { bad: named(dns('a.local')) },
  'br.dns.wildcard': { bad: named(dns('a*.chancery.eu')), good: named(dns('*.chancery.eu')) },
  'br.ip.reserved': { bad: named(ip(hex('0a000001'))), good: named(ip(hex('08080808'))) },
  'br.extKeyUsage.server': {
    bad: server({ extensions: { extKeyUsage: { value: list(oid('1.3.6.1.5.5.7.3.3')) } } }),
  },
  'br.extKeyUsage.subordinate': { bad: authority(), good: subordinate },
  'br.key.type': { bad: server({ spki: ed25519 }) },
  'br.signature.algorithm': { bad: server({ algorithm: algorithm('1.3.101.112') }) },
  'br.policies.reserved': { bad: server({ extensions: { certificatePolicies: undefined } }) },
  'br.subject.organizationalUnit': { bad: server({ subject: nameOf(['2.5.4.11', tags.utf8String, 'x']) }) },
  'br.revocation.information': { bad: server({ extensions: { cRLDistributionPoints: undefined } }) },
  'br.locations.http': {
    bad: server({ extensions: { cRLDistributionPoints: { value: points(uri('ldap://a.eu/crl')) } } }),
  },
};

const optionsOf = (id: string): LintOptions => cases[id]?.options ?? (id.startsWith('br.') ? strict : plain);
const goodOf = (id: string) => cases[id]?.good ?? (id.startsWith('br.') ? server() : certificate());

describe('a rule for certificates', () => {
  it('has a certificate that breaks it, whatever rule it is', () => {
    expect(Object.keys(cases).sort()).toEqual(certificateLints.map(({ id }) => id).sort());
  });

  it.each(certificateLints)('$id finds what is wrong, and nothing where all is well', (rule) => {
    const { id } = rule;
    const options = optionsOf(id);
    const found = lintCertificate(cases[id]?.bad ?? new Uint8Array(), options);
    const finding = found.find((each) => each.rule === id);
    expect(finding).toMatchObject({ severity: rule.severity, source: rule.source });
    expect(finding?.message).toMatch(/^\S.*[.)]$/s);
    const document = readCertificateDocument(goodOf(id));
    expect(rule.applies?.(document, options) ?? true).toBe(true);
    expect(lintCertificate(goodOf(id), options).filter((each) => each.rule === id)).toEqual([]);
  });

  it('finds nothing at all in a good leaf, a good authority and a good public-like server', () => {
    expect(lintCertificate(certificate(), plain)).toEqual([]);
    expect(lintCertificate(authority(), plain)).toEqual([]);
    expect(lintCertificate(constraints, plain)).toEqual([]);
    expect(lintCertificate(server(), strict)).toEqual([]);
    expect(lintCertificate(subordinate, strict)).toEqual([]);
  });

  it('says the same of what is to be signed as of the signed certificate', () => {
    const signed = certificate({ serial: hex('80'), base: caExtensions, notAfter: utc('250101000000Z') });
    const tbs = signed.subarray(4, 4 + 4 + ((signed[6] ?? 0) << 8) + (signed[7] ?? 0));
    expect(lintCertificate(tbs, plain)).toEqual(lintCertificate(signed, plain));
    expect(lintCertificate(tbs, plain).length).toBeGreaterThan(2);
  });
});
