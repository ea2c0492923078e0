/** A certificate as path validation needs it: every extension that has a say, decoded once and strictly. */
import {
  certificateFormat,
  type ParsedCertificate,
  parseCertificate,
} from '../certificate/parse-certificate.ts';
import { type DistributionPoint, readDistributionPoints } from '../crl/distribution-point.ts';
import { DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { extensionOids } from '../extensions/extension-oids.ts';
import { type Extension, readExtensions } from '../extensions/read-extensions.ts';
import { canonicalKey, canonicalName } from '../names/canonical-name.ts';
import { type NameAttribute, readWholeName } from '../names/parse-name.ts';
import { type PathName, readPathNames } from '../names/path-name.ts';
import { type NameConstraints, readNameConstraints } from './read-name-constraints.ts';
import {
  type PolicyConstraints,
  type PolicyMapping,
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
} from './read-policies.ts';

/** A name with what is compared of it. */
export interface ComparedName {
  readonly text: string;
  readonly der: Uint8Array;
  /** One key per relative name; see canonicalName. */
  readonly parts: readonly string[];
  readonly key: string;
  readonly attributes: readonly NameAttribute[];
}

export interface PathCertificate {
  readonly parsed: ParsedCertificate;
  readonly subject: ComparedName;
  readonly issuer: ComparedName;
  /** The INTEGER's content, as CRLs and OCSP have it. */
  readonly serialNumber: Uint8Array;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly subjectAltNames: readonly PathName[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  /** Policies by identifier; undefined where the extension is absent. */
  readonly policies: readonly string[] | undefined;
  readonly policyMappings: readonly PolicyMapping[];
  readonly policyConstraints: PolicyConstraints;
  readonly inhibitAnyPolicy: number | undefined;
  readonly crlDistributionPoints: readonly DistributionPoint[];
  /** By RFC 5280 section 6.1: subject and issuer are the same name. */
  readonly isSelfIssued: boolean;
}

/** The URLs in a certificate's distribution points; none where they, or the certificate, cannot be read. */
export function distributionPointUrls(der: Uint8Array): string[] {
  let points: readonly DistributionPoint[];
  try {
    points = readPathCertificate(der).crlDistributionPoints;
  } catch {
    return [];
  }
  const names = points.flatMap(({ name }) => (name && 'fullName' in name ? name.fullName : []));
  return names.flatMap((name) => (name.kind === 'uri' ? [name.value] : []));
}

/** Reads a certificate for validation; throws INVALID_CERTIFICATE or INVALID_INPUT, saying what is wrong. */
export function readPathCertificate(der: Uint8Array): PathCertificate {
  const parsed = parseCertificate(der);
  const { serialNumber, signatureAlgorithmDer, extensions } = readFrame(parsed);
  const read = <T>(oid: string, parse: (value: DerReader) => T): T | undefined => {
    const extension = extensions.find((candidate) => candidate.oid === oid);
    return extension && parse(extension.reader());
  };
  const subject = comparedName(parsed.subject.der, parsed.subject.text);
  const issuer = comparedName(parsed.issuer.der, parsed.issuer.text);
  return {
    parsed,
    subject,
    issuer,
    serialNumber,
    signatureAlgorithmDer,
    extensions,
    subjectAltNames: read(extensionOids.subjectAltName, (value) => readPathNames(value, 'subjectAltName')),
    nameConstraints: read(extensionOids.nameConstraints, readNameConstraints),
    policies: read(extensionOids.certificatePolicies, readCertificatePolicies),
    policyMappings: read(extensionOids.policyMappings, readPolicyMappings) ?? [],
    policyConstraints: read(extensionOids.policyConstraints, readPolicyConstraints) ?? {},
    inhibitAnyPolicy: read(extensionOids.inhibitAnyPolicy, readInhibitAnyPolicy),
    crlDistributionPoints: read(extensionOids.cRLDistributionPoints, readDistributionPoints) ?? [],
    isSelfIssued: subject.key === issuer.key,
  };
}

/** Whether an extension is there, and critical. */
export function criticalityOf(certificate: PathCertificate, oid: string): boolean | undefined {
  return certificate.extensions.find((extension) => extension.oid === oid)?.critical;
}

/** The serial number, the algorithm and the extensions as they stand; the frame was checked by the parser. */
function readFrame({ der, version }: ParsedCertificate) {
  const outer = DerReader.open(der, certificateFormat).enter(tags.sequence, 'certificate');
  const tbs = outer.enter(tags.sequence, 'signed part');
  const signatureAlgorithmDer = outer.element('signature algorithm');
  if (tbs.peek() === contextGroup(0)) tbs.element('version');
  const serialNumber = tbs.integer('serial number');
  for (const what of ['signature algorithm', 'issuer', 'validity', 'subject', 'public key'])
    tbs.element(what);
  while (!tbs.isEmpty && tbs.peek() !== contextGroup(3)) tbs.element('unique identifier');
  const holder = version === 3 ? tbs.enterIf(contextGroup(3), 'extensions') : undefined;
  return {
    serialNumber,
    signatureAlgorithmDer,
    extensions: holder === undefined ? [] : readExtensions(holder),
  };
}

export function comparedName(der: Uint8Array, text: string): ComparedName {
  const name = readWholeName(der);
  const parts = canonicalName(name);
  return { text, der, parts, key: canonicalKey(parts), attributes: name.relativeNames.flat() };
}
