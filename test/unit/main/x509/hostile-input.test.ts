import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeName,
  formatName,
  keyAlgorithmOf,
  parseCertificate,
  parseCsr,
  parseName,
  readCertificates,
  readCsr,
  readPem,
  readPkcs12,
  subjectKeyIdentifier,
  verifyCertificateSignature,
  verifyCsr,
  writePem,
  writePkcs7,
  writePkcs12,
} from '../../../../src/main/x509/index.ts';
import { ChanceryError } from '../../../../src/shared/errors.ts';
import { caExtensions, createAuthority, generateKey, issue, selfSigned } from './support/test-authority.ts';
import { extensionRequest, makeCsr } from './support/test-csr.ts';

const seed = 20_260_106;

const authority = createAuthority('ecdsa-p256');
const root = selfSigned(authority);
const leaf = issue(authority, {
  subjectDer: encodeName({
    commonName: 'a.example',
    organization: 'Org',
    country: 'DE',
    domainComponent: ['com'],
  }),
  spki: generateKey('rsa-2048').spki,
  extensions: {
    ...caExtensions,
    extendedKeyUsages: ['serverAuth'],
    subjectAltNames: [
      { type: 'dns', value: 'a.example' },
      { type: 'ip', value: '::1' },
      { type: 'upn', value: 'a@b' },
    ],
    crlDistributionPoints: ['http://a.example/crl'],
    ocspUrls: ['http://a.example/ocsp'],
  },
});
const csr = makeCsr({
  attributes: extensionRequest(
    ['2.5.29.17', (writer) => void writer.sequence(() => writer.text(0x82, 'a.example'))],
    ['2.5.29.15', (writer) => void writer.bitString(Uint8Array.of(0x80), 7)],
    ['2.5.29.19', (writer) => void writer.sequence(() => writer.boolean(true))],
  ),
});

/** Bytes with some of them changed, left out, doubled, or moved to their end. */
function mutationsOf(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(original.length - 1);
  const change = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), at: place, value: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ kind: fc.constant('flip' as const), at: place, value: fc.integer({ min: 0, max: 7 }) }),
    fc.record({ kind: fc.constant('cut' as const), at: place, value: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ kind: fc.constant('double' as const), at: place, value: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ kind: fc.constant('end' as const), at: place, value: fc.constant(0) }),
  );
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    let bytes = Buffer.from(original);
    for (const { kind, at, value } of changes) {
      if (kind === 'set') bytes[at % bytes.length] = value;
      else if (kind === 'flip')
        bytes.writeUInt8(bytes.readUInt8(at % bytes.length) ^ (1 << value), at % bytes.length);
      else if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + value)]);
      else if (kind === 'double') bytes = Buffer.concat([bytes.subarray(0, at + value), bytes.subarray(at)]);
      else bytes = bytes.subarray(0, at);
      if (bytes.length === 0) return new Uint8Array(1);
    }
    return Uint8Array.from(bytes);
  });
}

/** Runs the reader; whatever it throws has to be a ChanceryError that is not INTERNAL. */
function survives(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ChanceryError);
    expect((error as ChanceryError).code).not.toBe('INTERNAL');
  }
}

describe('changed bytes', () => {
  it('of a request give a value or a ChanceryError', () => {
    fc.assert(
      fc.property(mutationsOf(csr), (der) => {
        survives(() => verifyCsr(parseCsr(der)));
        survives(() => readCsr(der));
      }),
      { seed, numRuns: 4000 },
    );
  });

  it('of a request never verify', () => {
    const original = parseCsr(csr);
    fc.assert(
      fc.property(mutationsOf(csr), (der) => {
        let isVerified = false;
        survives(() => {
          const parsed = parseCsr(der);
          isVerified = verifyCsr(parsed) && Buffer.compare(parsed.tbs, original.tbs) !== 0;
        });
        expect(isVerified).toBe(false);
      }),
      { seed: seed + 1, numRuns: 1000 },
    );
  });

  it.each([
    ['an authority', root],
    ['a leaf', leaf],
  ])('of the certificate of %s give a value or a ChanceryError', (_, original) => {
    fc.assert(
      fc.property(mutationsOf(original), (der) => {
        survives(() => {
          const parsed = parseCertificate(der);
          parseName(parsed.subject.der);
          formatName(parsed.issuer.der);
          keyAlgorithmOf(parsed.spki);
          subjectKeyIdentifier(parsed.spki);
        });
        survives(() => verifyCertificateSignature(der, authority.spki));
      }),
      { seed, numRuns: 3000 },
    );
  });

  it('of PKCS#7 and PEM give a value or a ChanceryError', () => {
    const pkcs7 = writePkcs7([leaf, root]);
    const pem = Buffer.from(`text\n${writePem('CERTIFICATE', leaf)}${writePem('PKCS7', pkcs7)}`);
    fc.assert(
      fc.property(mutationsOf(pkcs7), mutationsOf(pem), (der, text) => {
        survives(() => readCertificates(der));
        survives(() => readCertificates(Buffer.from(text).toString('latin1')));
        survives(() => readPem(Buffer.from(text).toString('latin1')));
      }),
      { seed, numRuns: 1500 },
    );
  });

  it('of PKCS#12 give a value or a ChanceryError', async () => {
    const original = await writePkcs12({ certificates: [root], passphrase: 'passphrase' });
    // Changes of the frame only: a file whose MAC is computed costs a tenth of a second.
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.integer({ min: 0, max: 255 }), async (at, value) => {
        const der = Uint8Array.from(original);
        der[at] = value;
        await readPkcs12(der, 'passphrase').catch((error) => expect(error).toBeInstanceOf(ChanceryError));
      }),
      { seed, numRuns: 20 },
    );
  });
});

describe('any bytes', () => {
  it('give a value or a ChanceryError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, asSequence) => {
        const der = asSequence ? Uint8Array.of(0x30, 0x81, bytes.length, ...bytes) : bytes;
        survives(() => readCsr(der));
        survives(() => readCertificates(der));
        survives(() => parseCertificate(der));
        survives(() => parseName(der));
        survives(() => keyAlgorithmOf(der));
      }),
      { seed, numRuns: 3000 },
    );
  });
});

describe('inputs made to be slow', () => {
  it.each<[string, () => unknown]>([
    ['many beginnings of PEM blocks', () => readPem('-----BEGIN X-----\n'.repeat(500_000))],
    ['a label without end', () => readPem(`-----BEGIN ${'A '.repeat(1_000_000)}`)],
    [
      'a request of nothing but attributes',
      () =>
        parseCsr(
          makeCsr({
            attributes: (w) => {
              for (let i = 0; i < 15_000; i++) w.sequence(() => {});
            },
          }),
        ),
    ],
    ['a certificate of nested sequences', () => parseCertificate(nest(60_000))],
    ['a name of thousands of parts', () => parseName(manyNames())],
  ])('are refused or read in one pass: %s', (_, read) => {
    survives(read);
  });
});

/** Sequences in one another, with all lengths in the four-byte form that fits any place. */
function nest(levels: number): Uint8Array {
  const bytes = new Uint8Array(levels * 4);
  for (let i = 0; i < levels; i++) {
    const length = Math.max(bytes.length - (i + 1) * 4, 0);
    bytes.set([0x30, 0x82, (length >> 8) & 0xff, length & 0xff], i * 4);
  }
  return bytes;
}

function manyNames(): Uint8Array {
  const one = encodeName({ commonName: 'a' }).subarray(2);
  const bytes = new Uint8Array(4 + one.length * 4000);
  for (let i = 0; i < 4000; i++) bytes.set(one, 4 + i * one.length);
  bytes.set([0x30, 0x82, (bytes.length - 4) >> 8, (bytes.length - 4) & 0xff]);
  return bytes;
}
