import { describe, expect, it } from 'vitest';
import { createPublicKey } from '../../../../src/main/crypto/index.ts';
import {
  arePlainAltNames,
  isPlainKey,
  isPlainSubject,
  lintCertificate,
} from '../../../../src/main/lint/index.ts';
import {
  buildTbsCertificate,
  encodeName,
  newSerialNumber,
  subjectKeyIdentifier,
} from '../../../../src/main/x509/index.ts';
import type { Subject, SubjectAltName } from '../../../../src/shared/model/names.ts';

const p256 = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY',
    y: 'T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU',
  },
}).export({ type: 'spki', format: 'der' });

function errorsOf(subject: Subject, subjectAltNames: SubjectAltName[], spki: Uint8Array = p256): string[] {
  const keyIdentifier = subjectKeyIdentifier(spki);
  const tbs = buildTbsCertificate({
    serialNumber: newSerialNumber(new Uint8Array(16).fill(7)),
    signatureAlgorithm: 'ecdsa-sha256',
    issuerDer: encodeName({ commonName: 'Issuer' }),
    notBefore: new Date('2030-01-01T00:00:00Z'),
    notAfter: new Date('2030-06-01T00:00:00Z'),
    subjectDer: encodeName(subject),
    spki,
    extensions: {
      basicConstraints: { ca: false },
      keyUsages: ['digitalSignature'],
      extendedKeyUsages: ['serverAuth'],
      subjectAltNames,
      subjectKeyIdentifier: keyIdentifier,
      authorityKeyIdentifier: keyIdentifier,
    },
  });
  return lintCertificate(tbs, { profile: 'rfc5280' })
    .filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);
}

/** All texts of up to two characters out of those that have a meaning somewhere, and some at the bounds. */
const characters = [...'aZ09.-_*@:/ ,+äß\u00a0\u{1f600}\t'];
const texts = [
  ...characters,
  ...characters.flatMap((first) => characters.map((second) => first + second)),
  ...[
    'a.b',
    '1.2.3.4',
    '999.1.1.1',
    '1.2.3',
    'a..b',
    'a.',
    '.a',
    '*.a.b',
    '*.*.a',
    'a.*',
    'xn--a',
    'a b',
    'a  b',
  ],
  ...[63, 64, 65].map((length) => 'a'.repeat(length)),
  ...[253, 254, 255].map((length) =>
    'a.'
      .repeat(200)
      .slice(0, length - 1)
      .concat('a'),
  ),
];

describe('plain values', () => {
  it('break no rule in the subject', () => {
    const plain = texts.filter((commonName) => isPlainSubject({ commonName, organization: commonName }));
    expect(plain.length).toBeGreaterThan(20);
    const broken = plain.filter(
      (text) => errorsOf({ commonName: text, organization: text, organizationalUnit: text }, []).length > 0,
    );
    expect(broken).toEqual([]);
  });

  it.each(['dns', 'ip'] as const)('break no rule as a name of type %s', (type) => {
    const plain = texts.filter((value) => arePlainAltNames([{ type, value }]));
    expect(plain.length).toBeGreaterThan(0);
    const broken = plain.filter((value) => {
      try {
        return errorsOf({ commonName: 'a' }, [{ type, value }]).length > 0;
      } catch {
        // Nothing that is signed comes of what cannot be written.
        return false;
      }
    });
    expect(broken).toEqual([]);
  });

  it('are not what rules find fault with', () => {
    expect(isPlainSubject({ commonName: 'a', country: '12' })).toBe(false);
    expect(isPlainSubject({ commonName: 'a\u0000b' })).toBe(false);
    expect(isPlainSubject({ domainComponent: ['example'] })).toBe(false);
    expect(arePlainAltNames([{ type: 'email', value: 'a@b' }])).toBe(false);
    expect(arePlainAltNames([{ type: 'dns', value: 'a'.repeat(64) }])).toBe(false);
  });

  it('are keys with an uncompressed point on a curve of NIST, and no others', () => {
    expect(isPlainKey(p256)).toBe(true);
    expect(errorsOf({ commonName: 'a' }, [])).toEqual([]);
    const compressed = Uint8Array.from(p256);
    compressed[26] = 2;
    expect(isPlainKey(compressed)).toBe(false);
    const otherCurve = Uint8Array.from(p256);
    otherCurve[22] = 6;
    expect(isPlainKey(otherCurve)).toBe(false);
    expect(isPlainKey(p256.subarray(0, 90))).toBe(false);
  });
});
