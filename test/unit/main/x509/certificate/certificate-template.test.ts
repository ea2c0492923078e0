import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildTbsCertificate,
  CertificateTemplate,
  encodeName,
  newSerialNumber,
  type OwnFields,
  type SharedFields,
} from '../../../../../src/main/x509/index.ts';
import { keyUsages, type SubjectAltName } from '../../../../../src/shared/model/names.ts';
import { thrownBy } from '../support/errors.ts';
import { generateKey } from '../support/test-authority.ts';

const { spki } = generateKey('ecdsa-p256');
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const url = fc.webUrl({ validSchemes: ['http'] });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const name: fc.Arbitrary<SubjectAltName> = fc.oneof(
  fc.domain().map((value) => ({ type: 'dns' as const, value: value.toLowerCase() })),
  fc.ipV4().map((value) => ({ type: 'ip' as const, value })),
  fc.nat(1e6).map((number) => ({ type: 'upn' as const, value: `user${number}@example.com` })),
);
const extendedKeyUsage = fc.constantFrom('serverAuth', 'clientAuth', 'codeSigning', '1.2.3.4.5');

const shared: fc.Arbitrary<SharedFields> = fc.record({
  signatureAlgorithm: fc.constantFrom('ecdsa-sha256' as const, 'rsa-sha256' as const, 'ed25519' as const),
  issuerDer: fc.stringMatching(/^[a-z]{1,60}$/).map((commonName) => encodeName({ commonName })),
  extensions: fc.record({
    basicConstraints: fc.constantFrom(undefined, { ca: false }),
    keyUsages: optional(fc.subarray([...keyUsages])),
    extendedKeyUsages: optional(fc.uniqueArray(extendedKeyUsage)),
    authorityKeyIdentifier: optional(bytes(20)),
    crlDistributionPoints: optional(fc.array(url, { maxLength: 2 })),
    ocspUrls: optional(fc.array(url, { maxLength: 2 })),
    caIssuersUrls: optional(fc.array(url, { maxLength: 2 })),
  }),
});

const own: fc.Arbitrary<OwnFields> = fc
  .record({
    serialNumber: bytes(16).map(newSerialNumber),
    // Both of X.509's forms of time.
    notBefore: fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
    days: fc.integer({ min: 0, max: 20_000 }),
    commonName: optional(fc.stringMatching(/^[a-z.äöü]{1,64}$/u)),
    subjectAltNames: fc.array(name, { minLength: 1, maxLength: 40 }),
    subjectKeyIdentifier: bytes(20),
  })
  .map(({ days, commonName, ...fields }) => ({
    ...fields,
    notAfter: new Date(fields.notBefore.getTime() + days * 86_400_000),
    subjectDer: encodeName(commonName === undefined ? {} : { commonName }),
    spki,
    subjectAltNames: commonName !== undefined && days % 3 === 0 ? [] : fields.subjectAltNames,
  }));

/** The same certificate by the builder that encodes everything each time. */
function builtPlainly(all: SharedFields, { subjectAltNames, subjectKeyIdentifier, ...fields }: OwnFields) {
  const extensions = { ...all.extensions, subjectAltNames, subjectKeyIdentifier };
  return buildTbsCertificate({ ...all, ...fields, extensions });
}

describe('a certificate template', () => {
  it('gives byte for byte what the plain builder gives, for certificates one after the other', () => {
    fc.assert(
      fc.property(shared, fc.array(own, { minLength: 1, maxLength: 4 }), (all, certificates) => {
        const template = new CertificateTemplate(all);
        const built = certificates.map((fields) => Buffer.from(template.build(fields)).toString('hex'));
        const expected = certificates.map((fields) => Buffer.from(builtPlainly(all, fields)).toString('hex'));
        expect(built).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  const [all] = fc.sample(shared, { numRuns: 1, seed: 1 }) as [SharedFields];
  const [good] = fc.sample(own, { numRuns: 1, seed: 1 }) as [OwnFields];

  it.each([
    ['that ends before it begins', { notAfter: new Date(good.notBefore.getTime() - 1000) }],
    ['without any name', { subjectDer: encodeName({}), subjectAltNames: [] }],
    ['with a name that is not of its type', { subjectAltNames: [{ type: 'dns' as const, value: 'a b' }] }],
    ['with the serial number zero', { serialNumber: new Uint8Array(16) }],
  ])('refuses a certificate %s, and builds the next one as before', (_, change) => {
    const template = new CertificateTemplate(all);
    expect(thrownBy(() => template.build({ ...good, ...change })).code).toBe('INVALID_INPUT');
    expect(template.build(good)).toEqual(builtPlainly(all, good));
  });
});
