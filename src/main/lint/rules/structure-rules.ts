/** Version, serial number and algorithm of a certificate: RFC 5280 sections 4.1.1 and 4.1.2.1 to 4.1.2.3. */
import type { CertificateDocument, SignedDocument } from '../read/read-document.ts';
import { type Algorithm, signedInteger } from '../read/read-key.ts';
import type { Rule } from '../rule.ts';

export const structureRules: readonly Rule<CertificateDocument>[] = [
  {
    id: 'rfc5280.version.known',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.1',
    path: ['version'],
    hint: 'Issue a certificate of version 3.',
    check: ({ version }) => (version > 3 ? `The version is ${version}, which does not exist.` : undefined),
  },
  {
    id: 'rfc5280.version.extensions',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.1',
    path: ['version'],
    hint: 'Issue a certificate of version 3.',
    check: ({ version, hasExtensionsField }) =>
      hasExtensionsField && version !== 3
        ? `The certificate has extensions, but says that it is of version ${version}.`
        : undefined,
  },
  {
    id: 'rfc5280.version.not-three',
    severity: 'warning',
    source: 'RFC 5280 section 4.1.2.1',
    path: ['version'],
    hint: 'Issue a certificate of version 3 with basicConstraints and key identifiers.',
    check: ({ version }) =>
      version < 3
        ? `A certificate of version ${version} cannot say whether it is that of an authority.`
        : undefined,
  },
  {
    id: 'x690.version.default',
    severity: 'error',
    source: 'X.690 section 11.5',
    path: ['version'],
    hint: 'Leave the version away where it is 1.',
    check: ({ writesDefaultVersion }) =>
      writesDefaultVersion ? 'The version 1 is the default, which DER does not write.' : undefined,
  },
  {
    id: 'rfc5280.serial.positive',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.2',
    path: ['serialNumber'],
    hint: 'Draw 16 random bytes and clear the first bit.',
    check: ({ serialNumber }) =>
      signedInteger(serialNumber) <= 0n ? 'The serial number is not positive.' : undefined,
  },
  {
    id: 'rfc5280.serial.length',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.2',
    path: ['serialNumber'],
    hint: 'Use 20 bytes at most; 16 random ones are plenty.',
    check: ({ serialNumber }) =>
      serialNumber.length > 20
        ? `The serial number has ${serialNumber.length} bytes, more than the 20 that software must take.`
        : undefined,
  },
  {
    id: 'hygiene.serial.guessable',
    severity: 'notice',
    source: 'CA/Browser Forum TLS Baseline Requirements section 7.1',
    path: ['serialNumber'],
    hint: 'Draw 16 random bytes: what an attacker cannot guess, no collision of hashes can be built upon.',
    applies: (_, { profile }) => profile !== 'public-like',
    check: ({ serialNumber }) =>
      serialNumber.length < 8
        ? `The serial number has ${serialNumber.length} bytes, too few to be unpredictable.`
        : undefined,
  },
  {
    id: 'rfc5280.unique-identifiers',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.8',
    path: ['issuerUniqueID'],
    hint: 'Leave the unique identifiers away; the key identifiers have taken their place.',
    check: ({ hasUniqueIds }) =>
      hasUniqueIds ? 'The certificate has unique identifiers, which must not be generated.' : undefined,
  },
];

interface WithAlgorithm extends SignedDocument {
  readonly algorithm: Algorithm | undefined;
}

const brokenAlgorithms: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.2', 'MD2'],
  ['1.2.840.113549.1.1.3', 'MD4'],
  ['1.2.840.113549.1.1.4', 'MD5'],
  ['1.2.840.113549.1.1.5', 'SHA-1'],
  ['1.3.14.3.2.29', 'SHA-1'],
  ['1.2.840.10040.4.3', 'SHA-1'],
  ['1.2.840.10045.4.1', 'SHA-1'],
]);

const rsaOids = [2, 3, 4, 5, 11, 12, 13, 14].map((arc) => `1.2.840.113549.1.1.${arc}`);
const withoutParameters = [
  /^1\.2\.840\.10045\.4\.3\.[1-4]$/,
  /^1\.3\.101\.11[23]$/,
  /^2\.16\.840\.1\.101\.3\.4\.3\.(?:1[789]|2\d|3[01])$/,
];

export const algorithmRules: readonly Rule<WithAlgorithm>[] = [
  {
    id: 'rfc5280.algorithm.agree',
    severity: 'error',
    source: 'RFC 5280 section 4.1.1.2',
    path: ['signatureAlgorithm'],
    hint: 'Write the same AlgorithmIdentifier in both places.',
    check: ({ algorithm, outerAlgorithm }) =>
      algorithm && outerAlgorithm && Buffer.compare(algorithm.encoded, outerAlgorithm.encoded) !== 0
        ? 'The algorithm beside the signature is not the one that was signed.'
        : undefined,
  },
  {
    id: 'rfc4055.algorithm.null-parameters',
    severity: 'error',
    source: 'RFC 4055 section 5',
    path: ['signature'],
    hint: 'Write NULL as the parameters of an RSA signature.',
    applies: ({ algorithm }) => algorithm !== undefined && rsaOids.includes(algorithm.oid),
    check: ({ algorithm }) =>
      algorithm && Buffer.from(algorithm.parameters).toString('hex') !== '0500'
        ? 'The parameters of the RSA signature algorithm are not NULL.'
        : undefined,
  },
  {
    id: 'rfc5758.algorithm.no-parameters',
    severity: 'error',
    source: 'RFC 5758 section 3.2, RFC 8410 section 3, RFC 9881 section 2',
    path: ['signature'],
    hint: 'Leave the parameters away.',
    applies: ({ algorithm }) =>
      algorithm !== undefined && withoutParameters.some((pattern) => pattern.test(algorithm.oid)),
    check: ({ algorithm }) =>
      algorithm && algorithm.parameters.length > 0
        ? 'The signature algorithm has parameters where it must have none.'
        : undefined,
  },
  {
    id: 'hygiene.signature.broken-hash',
    severity: 'error',
    source: 'RFC 6151, RFC 9155',
    path: ['signature'],
    hint: 'Sign with SHA-256 or better.',
    // The signature of a root on itself proves nothing that its readers rely on.
    applies: (document) => !('isSelfIssued' in document && document.isSelfIssued === true),
    check: ({ algorithm }) => {
      const name = brokenAlgorithms.get(algorithm?.oid ?? '');
      return name && `It is signed with ${name}, for which others can be made with the same signature.`;
    },
  },
];
