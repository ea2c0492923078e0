/** Reads certificates strictly, for the store and for the viewer (RFC 5280 section 4.1). */

import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import type { KeyUsage, Subject, SubjectAltName } from '../../../shared/model/names.ts';
import { fingerprint } from '../../crypto/index.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { readTime } from '../der/der-time.ts';
import { readExtendedKeyUsages } from '../extensions/extended-key-usage.ts';
import { extensionNames, extensionOids } from '../extensions/extension-oids.ts';
import { readKeyUsages } from '../extensions/key-usage.ts';
import {
  type Extension,
  readBasicConstraints,
  readExtensions,
  readGeneralNames,
  subjectAltNamesOf,
} from '../extensions/read-extensions.ts';
import {
  readAuthorityKeyIdentifier,
  readSubjectKeyIdentifier,
  summariseExtension,
} from '../extensions/summarise-extension.ts';
import { formatReadName } from '../names/format-name.ts';
import { type DistinguishedName, readName, subjectOf } from '../names/parse-name.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import {
  type SignatureScheme,
  signatureAlgorithmName,
  signatureScheme,
} from '../public-key/signature-algorithm.ts';
import { readPublicKey } from '../public-key/subject-public-key.ts';

export interface CertificateName {
  /** RFC 4514. */
  readonly text: string;
  readonly attributes: Subject;
  /** Types that a Subject cannot carry, and every second value of one that it can. */
  readonly unknownAttributeOids: string[];
  readonly der: Uint8Array;
}

export interface ExtensionSummary {
  readonly oid: string;
  /** The name of the extension in its standard, or the object identifier. */
  readonly name: string;
  readonly critical: boolean;
  /** One line for people; hexadecimal for what is not known. */
  readonly summary: string;
}

export interface ParsedCertificate {
  readonly der: Uint8Array;
  /** The part that the issuer signed. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Upper-case hexadecimal without leading zero bytes; with a minus where an issuer got it wrong. */
  readonly serialNumber: string;
  /** Name, e.g. `ecdsa-sha256`, or the object identifier when it has none here. */
  readonly signatureAlgorithm: string;
  /** How to verify the signature; undefined when its algorithm is not accepted. */
  readonly signatureScheme: SignatureScheme | undefined;
  readonly signature: Uint8Array;
  readonly issuer: CertificateName;
  readonly subject: CertificateName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Uint8Array;
  readonly keyAlgorithm: KeyAlgorithm | null;
  /** E.g. `RSA 2048`, `ECDSA P-256`; the object identifier for an unknown key. */
  readonly keyDescription: string;
  readonly extensions: ExtensionSummary[];
  readonly subjectAltNames: SubjectAltName[];
  readonly keyUsages: KeyUsage[];
  /** Names where there is one, otherwise dotted identifiers. */
  readonly extendedKeyUsages: string[];
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
  /** Upper-case hexadecimal, as the two below. */
  readonly subjectKeyIdentifier: string | undefined;
  readonly authorityKeyIdentifier: string | undefined;
  readonly sha256Fingerprint: string;
  readonly sha1Fingerprint: string;
  /** Subject and issuer are the same bytes; says nothing on who signed. */
  readonly selfIssued: boolean;
}

export const certificateFormat: DerFormat = {
  code: 'INVALID_CERTIFICATE',
  name: 'certificate',
  maxBytes: 262_144,
};

/** Reads a certificate; its arrays are views of the input. Throws INVALID_CERTIFICATE, saying what and where. */
export function parseCertificate(der: Uint8Array): ParsedCertificate {
  const root = DerReader.open(der, certificateFormat);
  const outer = root.enter(tags.sequence, 'certificate');
  root.finish('the certificate');
  outer.checkStructure();
  const tbs = outer.enter(tags.sequence, 'signed part');
  const algorithm = readAlgorithmIdentifier(outer, 'signature algorithm');
  const signature = outer.bitString('signature');
  outer.finish('signature');

  const version = readVersion(tbs);
  const serialNumber = formatSerialNumber(tbs);
  const { encoded } = readAlgorithmIdentifier(tbs, 'signed signature algorithm');
  // Section 4.1.1.2; otherwise the algorithm could be changed without breaking the signature.
  if (!isSame(encoded, algorithm.encoded)) tbs.fail('its two signature algorithms differ');
  const issuer = readName(tbs, 'issuer');
  const validity = tbs.enter(tags.sequence, 'validity');
  const notBefore = readTime(validity, 'notBefore');
  const notAfter = readTime(validity, 'notAfter');
  validity.finish('validity');
  const subject = readName(tbs, 'subject');
  const key = readPublicKey(tbs);
  for (const number of [1, 2]) {
    if (version > 1 && tbs.peek() === contextValue(number))
      tbs.bits('unique identifier', contextValue(number));
  }
  const holder = version === 3 ? tbs.enterIf(contextGroup(3), 'extensions') : undefined;
  const extensions = holder === undefined ? [] : readExtensions(holder);
  holder?.finish('extensions');
  tbs.finish('the signed part');

  return {
    der: root.bytes,
    tbs: tbs.encoded,
    version,
    serialNumber,
    signatureAlgorithm: signatureAlgorithmName(algorithm),
    signatureScheme: signatureScheme(algorithm),
    signature,
    issuer: certificateName(issuer),
    subject: certificateName(subject),
    notBefore,
    notAfter,
    spki: key.spki,
    keyAlgorithm: key.algorithm,
    keyDescription: key.description,
    ...readKnownExtensions(extensions),
    extensions: extensions.map((extension) => ({
      oid: extension.oid,
      name: extensionNames.get(extension.oid) ?? extension.oid,
      critical: extension.critical,
      summary: summariseExtension(extension),
    })),
    sha256Fingerprint: fingerprint('sha256', root.bytes),
    sha1Fingerprint: fingerprint('sha1', root.bytes),
    selfIssued: isSame(issuer.der, subject.der),
  };
}

function readVersion(tbs: DerReader): 1 | 2 | 3 {
  const holder = tbs.enterIf(contextGroup(0), 'version');
  const version = holder?.smallInteger('version') ?? 0;
  holder?.finish('version');
  if (version !== 0 && version !== 1 && version !== 2) return tbs.fail('its version is not 1, 2 or 3');
  return (version + 1) as 1 | 2 | 3;
}

/** Section 4.1.2.2: at most 20 bytes; negative ones are not allowed but have been issued, and are shown as such. */
function formatSerialNumber(tbs: DerReader): string {
  const start = tbs.position;
  const bytes = tbs.integer('serial number');
  if (bytes.length > 21) tbs.fail('its serial number is longer than 20 bytes', start);
  const digits = Buffer.from(bytes).toString('hex').toUpperCase();
  if ((bytes[0] as number) < 0x80) return bytes.length > 1 && bytes[0] === 0 ? digits.slice(2) : digits;
  const absolute = ((1n << BigInt(8 * bytes.length)) - BigInt(`0x${digits}`)).toString(16).toUpperCase();
  return `-${absolute.length % 2 === 0 ? '' : '0'}${absolute}`;
}

function certificateName(name: DistinguishedName): CertificateName {
  const { subject, unknownAttributeOids } = subjectOf(name);
  return { text: formatReadName(name), attributes: subject, unknownAttributeOids, der: name.der };
}

function readKnownExtensions(extensions: readonly Extension[]) {
  const read = <T>(oid: string, parse: (value: DerReader) => T): T | undefined => {
    const extension = extensions.find((candidate) => candidate.oid === oid);
    return extension && parse(extension.reader());
  };
  const constraints = read(extensionOids.basicConstraints, readBasicConstraints);
  return {
    subjectAltNames:
      read(extensionOids.subjectAltName, (value) =>
        subjectAltNamesOf(readGeneralNames(value, 'subjectAltName')),
      ) ?? [],
    keyUsages: read(extensionOids.keyUsage, readKeyUsages) ?? [],
    extendedKeyUsages: read(extensionOids.extKeyUsage, readExtendedKeyUsages) ?? [],
    isCa: constraints?.isCa ?? false,
    pathLength: constraints?.pathLength,
    subjectKeyIdentifier: hexOf(read(extensionOids.subjectKeyIdentifier, readSubjectKeyIdentifier)),
    authorityKeyIdentifier: hexOf(read(extensionOids.authorityKeyIdentifier, readAuthorityKeyIdentifier)),
  };
}

function hexOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('hex').toUpperCase();
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
