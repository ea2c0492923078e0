/** Whether a key is sound: of a good size, well formed, not one of those known to be broken, not used elsewhere. */
import { createHash } from '../../crypto/index.ts';
import { curves, ed25519Problem, pointProblem } from '../hygiene/curve-point.ts';
import {
  hasClosePrimes,
  hasRocaMark,
  maxCompared,
  maxTestedBits,
  sharesFactor,
  smallFactor,
} from '../hygiene/rsa-weakness.ts';
import { type PublicKey, type RsaKey, unsignedInteger } from '../read/read-key.ts';
import type { Rule } from '../rule.ts';

interface Keyed {
  readonly key: PublicKey;
}

const path = ['subjectPublicKeyInfo'];
const newKey = 'Make a new key.';

/** Present for RSA keys whose numbers make sense, and not so large that arithmetic on them takes seconds. */
function testable({ key: { rsa } }: Keyed): RsaKey | undefined {
  return rsa && rsa.modulusBits > 0 && rsa.modulusBits <= maxTestedBits ? rsa : undefined;
}

const isTestable = (document: Keyed) => testable(document) !== undefined;

const rsaRules: readonly Rule<Keyed>[] = [
  {
    id: 'hygiene.rsa.small',
    severity: 'error',
    source: 'NIST SP 800-131A revision 2 section 3',
    path,
    hint: 'Make an RSA key of 3072 bits, or an ECDSA key on P-256.',
    check: ({ key: { rsa } }) =>
      rsa && rsa.modulusBits < 2048 ? `The RSA key has ${rsa.modulusBits} bits, fewer than 2048.` : undefined,
  },
  {
    id: 'hygiene.rsa.large',
    severity: 'warning',
    source: 'Chancery: software refuses what takes too long to verify',
    path,
    hint: 'Make a key of 4096 bits at most.',
    check: ({ key: { rsa } }) =>
      rsa && rsa.modulusBits > 8192
        ? `The RSA key has ${rsa.modulusBits} bits; much software refuses it, and its other tests are left out.`
        : undefined,
  },
  {
    id: 'hygiene.rsa.odd-size',
    severity: 'notice',
    source: 'FIPS 186-5 section 5.1',
    path,
    hint: 'Make a key whose length is a multiple of 256 bits.',
    check: ({ key: { rsa } }) =>
      rsa && rsa.modulusBits % 8 !== 0
        ? `The RSA key has ${rsa.modulusBits} bits, not a multiple of eight.`
        : undefined,
  },
  {
    id: 'hygiene.rsa.exponent',
    severity: 'error',
    source: 'FIPS 186-5 section 5.1',
    path,
    hint: 'Make a key with the public exponent 65537.',
    check: ({ key: { rsa } }) =>
      rsa && (rsa.exponent < 3n || rsa.exponent % 2n === 0n || rsa.exponent >= 2n ** 256n)
        ? 'The public exponent is even, below 3 or above 2^256.'
        : undefined,
  },
  {
    id: 'hygiene.rsa.small-exponent',
    severity: 'warning',
    source: 'FIPS 186-5 section 5.1',
    path,
    hint: 'Make a key with the public exponent 65537: below it, sloppy checks of signatures can be deceived.',
    check: ({ key: { rsa } }) =>
      rsa && rsa.exponent >= 3n && rsa.exponent < 65_537n
        ? `The public exponent is ${rsa.exponent}, below 65537.`
        : undefined,
  },
  {
    id: 'hygiene.rsa.small-factor',
    severity: 'error',
    source: 'CA/Browser Forum TLS Baseline Requirements section 6.1.6',
    path,
    hint: newKey,
    applies: isTestable,
    check: (document) => {
      const factor = smallFactor(testable(document)?.modulus ?? 1n);
      return factor === undefined
        ? undefined
        : `The modulus is divisible by ${factor}, so that anyone can compute the private key.`;
    },
  },
  {
    id: 'hygiene.rsa.close-primes',
    severity: 'error',
    source: 'CA/Browser Forum TLS Baseline Requirements section 6.1.1.3',
    path,
    hint: newKey,
    applies: isTestable,
    check: (document) =>
      hasClosePrimes(testable(document)?.modulus ?? 1n)
        ? "The two primes are so close that Fermat's method finds them at once."
        : undefined,
  },
  {
    id: 'hygiene.rsa.roca',
    severity: 'error',
    source: 'CVE-2017-15361',
    path,
    hint: 'Make the key anew, outside the smart card or module that this one came from.',
    applies: isTestable,
    check: (document) =>
      hasRocaMark(testable(document)?.modulus ?? 1n)
        ? "The modulus bears the mark of Infineon's broken library (ROCA), whose keys can be factored."
        : undefined,
  },
  {
    id: 'hygiene.rsa.blacklisted',
    severity: 'error',
    source: 'CVE-2008-0166',
    path,
    hint: newKey,
    applies: (document, { isBlacklisted }) => isBlacklisted !== undefined && isTestable(document),
    check: (document, { isBlacklisted }) =>
      isBlacklisted?.(blacklistFingerprint(testable(document)?.modulus ?? 1n))
        ? 'The key is on the list of known private keys, such as those that Debian made in 2006 to 2008.'
        : undefined,
  },
  {
    id: 'hygiene.rsa.shared-factor',
    severity: 'error',
    source: 'Heninger et al., Mining Your Ps and Qs, 2012',
    path,
    hint: 'Make both keys anew, on a machine with a good source of random numbers.',
    applies: (document, { moduli }) => moduli !== undefined && isTestable(document),
    check: (document, { moduli = [] }) =>
      sharesFactor(testable(document)?.modulus ?? 1n, moduli.slice(0, maxCompared).map(unsignedInteger)) ===
      undefined
        ? undefined
        : 'The key shares a prime with another one, so that anyone who has both can compute both private keys.',
  },
];

/** What a line of Debian's openssl-blacklist holds of a key: the end of the SHA-1 of what openssl prints of it. */
function blacklistFingerprint(modulus: bigint): string {
  const digits = modulus.toString(16).toUpperCase();
  const line = `Modulus=${digits.length % 2 === 0 ? digits : `0${digits}`}\n`;
  return createHash('sha1').update(line).digest('hex').slice(20);
}

/** Bytes of a public key by the last arc of its algorithm's identifier: FIPS 204 table 2, FIPS 205 table 2. */
const latticeKeyBytes: Readonly<Record<string, number>> = { 17: 1312, 18: 1952, 19: 2592 };
const hashKeyBytes = (arc: number) => [32, 32, 48, 48, 64, 64][(arc - 20) % 6] ?? 0;

function expectedBytes({ kind, algorithm }: PublicKey): number | undefined {
  const arc = algorithm.oid.split('.').at(-1) ?? '';
  switch (kind) {
    case 'ml-dsa':
      return latticeKeyBytes[arc];
    case 'slh-dsa':
      return hashKeyBytes(Number(arc));
    case 'ed448':
      return 57;
    case 'x25519':
      return 32;
    case 'x448':
      return 56;
    default:
      return undefined;
  }
}

const withoutParameters = ['ed25519', 'ed448', 'x25519', 'x448', 'ml-dsa', 'slh-dsa', 'ml-kem'];

export const keyRules: readonly Rule<Keyed>[] = [
  {
    id: 'rfc5280.key.syntax',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.7',
    path,
    hint: 'Export the key anew.',
    check: ({ key: { problem } }) => problem,
  },
  {
    id: 'rfc3279.key.null-parameters',
    severity: 'error',
    source: 'RFC 3279 section 2.3.1',
    path,
    hint: 'Write NULL as the parameters of an RSA key.',
    check: ({ key: { kind, algorithm } }) =>
      kind === 'rsa' && Buffer.from(algorithm.parameters).toString('hex') !== '0500'
        ? 'The parameters of the RSA key are not NULL.'
        : undefined,
  },
  {
    id: 'rfc8410.key.no-parameters',
    severity: 'error',
    source: 'RFC 8410 section 3, RFC 9881 section 4, RFC 9909 section 3',
    path,
    hint: 'Leave the parameters of the key away.',
    check: ({ key: { kind, algorithm } }) =>
      withoutParameters.includes(kind) && algorithm.parameters.length > 0
        ? "The key's algorithm has parameters where it must have none."
        : undefined,
  },
  ...rsaRules,
  {
    id: 'rfc5480.ec.named-curve',
    severity: 'error',
    source: 'RFC 5480 section 2.1.1',
    path,
    hint: 'Make a key on a named curve.',
    check: ({ key: { kind, curveOid } }) =>
      kind === 'ec' && curveOid === undefined
        ? 'The key brings a curve of its own, with which any signature can be made to fit (CVE-2020-0601).'
        : undefined,
  },
  {
    id: 'hygiene.ec.curve',
    severity: 'warning',
    source: 'NIST SP 800-186',
    path,
    hint: 'Make a key on P-256, P-384 or P-521.',
    check: ({ key: { curveOid } }) =>
      curveOid !== undefined && !curves.has(curveOid)
        ? `The curve ${curveOid} is not known here, so that its points are not checked.`
        : undefined,
  },
  {
    id: 'hygiene.ec.point',
    severity: 'error',
    source: 'NIST SP 800-56A revision 3 section 5.6.2.3.3',
    path,
    hint: newKey,
    check: ({ key: { curveOid, keyBytes } }) => {
      const curve = curves.get(curveOid ?? '');
      return curve && pointProblem(curve, keyBytes);
    },
  },
  {
    id: 'hygiene.ec.compressed',
    severity: 'notice',
    source: 'RFC 5480 section 2.2',
    path,
    hint: 'Export the key with its point uncompressed, which alone must be supported.',
    check: ({ key: { kind, keyBytes } }) =>
      kind === 'ec' && (keyBytes[0] === 2 || keyBytes[0] === 3)
        ? 'The point is compressed, which not all software reads.'
        : undefined,
  },
  {
    id: 'hygiene.ed25519.point',
    severity: 'error',
    source: 'RFC 8032 section 5.1.3',
    path,
    hint: newKey,
    check: ({ key: { kind, keyBytes } }) => (kind === 'ed25519' ? ed25519Problem(keyBytes) : undefined),
  },
  {
    id: 'rfc9881.key.length',
    severity: 'error',
    source: 'RFC 8410 section 4, RFC 9881 section 4, RFC 9909 section 3',
    path,
    hint: 'Export the key anew, as bare bytes in the BIT STRING.',
    check: ({ key }) => {
      const expected = expectedBytes(key);
      return expected !== undefined && key.keyBytes.length !== expected
        ? `The key has ${key.keyBytes.length} bytes where its algorithm has ${expected}.`
        : undefined;
    },
  },
  {
    id: 'hygiene.dsa',
    severity: 'warning',
    source: 'FIPS 186-5 section 4',
    path,
    hint: 'Make an ECDSA or RSA key.',
    check: ({ key: { kind } }) =>
      kind === 'dsa' ? 'DSA is withdrawn, and most software no longer verifies it.' : undefined,
  },
  {
    id: 'hygiene.key.used-elsewhere',
    severity: 'warning',
    source: 'NIST SP 800-57 part 1 revision 5 section 5.2',
    path,
    hint: 'Make a key for each certificate, so that the loss of one does not cost the other.',
    applies: (_, { knownKeys }) => knownKeys !== undefined,
    check: ({ key: { spkiSha256 } }, { knownKeys }) => {
      const place = knownKeys?.(spkiSha256);
      return place && `The same key is in use already: ${place}.`;
    },
  },
];
