/** Writes the extensions of certificates, with the criticality of RFC 5280 section 4.2.1. */
import { ChanceryError } from '../../../shared/errors.ts';
import type {
  CertificatePolicy,
  PolicyConstraints,
  PolicyMapping,
  SubjectInfoAccess,
} from '../../../shared/model/extensions.ts';
import type { ExtendedKeyUsage, KeyUsage, SubjectAltName } from '../../../shared/model/names.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { type DerWriter, writeDer } from '../der/der-writer.ts';
import { isUri, writeSubjectAltName } from '../names/subject-alt-name.ts';
import type { RawExtension } from './custom-extension.ts';
import { writeExtendedKeyUsages } from './extended-key-usage.ts';
import { type ExtensionName, encodedExtensionOids } from './extension-oids.ts';
import { writeKeyUsages } from './key-usage.ts';
import {
  type NameConstraintLists,
  writeCertificatePolicies,
  writeNameConstraints,
  writePolicyConstraints,
  writePolicyMappings,
} from './write-constraints.ts';

/** What goes into a certificate beside its names, times and key; an empty list is the same as none. */
export interface CertificateExtensions {
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number | undefined } | undefined;
  readonly keyUsages?: readonly KeyUsage[] | undefined;
  /** Names, or dotted object identifiers. */
  readonly extendedKeyUsages?: readonly (ExtendedKeyUsage | (string & {}))[] | undefined;
  readonly subjectAltNames?: readonly SubjectAltName[] | undefined;
  readonly subjectKeyIdentifier?: Uint8Array | undefined;
  readonly authorityKeyIdentifier?: Uint8Array | undefined;
  /** Places of one and the same CRL. */
  readonly crlDistributionPoints?: readonly string[] | undefined;
  readonly ocspUrls?: readonly string[] | undefined;
  readonly caIssuersUrls?: readonly string[] | undefined;
  /** Of an OCSP signer's certificate: clients need not ask whether it is revoked (RFC 6960 section 4.2.2.2.1). */
  readonly ocspNoCheck?: boolean | undefined;
  readonly nameConstraints?: NameConstraintLists | undefined;
  readonly certificatePolicies?: readonly CertificatePolicy[] | undefined;
  readonly policyMappings?: readonly PolicyMapping[] | undefined;
  readonly policyConstraints?: PolicyConstraints | undefined;
  readonly inhibitAnyPolicy?: number | undefined;
  readonly subjectInfoAccess?: readonly SubjectInfoAccess[] | undefined;
  /** Numbers of TLS extensions that the server must support (RFC 7633). */
  readonly tlsFeatures?: readonly number[] | undefined;
  /** All others, as they are. */
  readonly others?: readonly RawExtension[] | undefined;
}

const ocspAccess = writeDer((writer) => writer.objectIdentifier('1.3.6.1.5.5.7.48.1'));
const caIssuersAccess = writeDer((writer) => writer.objectIdentifier('1.3.6.1.5.5.7.48.2'));
const subjectAccessMethods: Readonly<Record<string, string>> = {
  caRepository: '1.3.6.1.5.5.7.48.5',
  timeStamping: '1.3.6.1.5.5.7.48.3',
};

/** Writes one Extension around the value that the callback writes. */
export function writeExtension(
  writer: DerWriter,
  name: ExtensionName,
  critical: boolean,
  writeValue: () => void,
): void {
  writer.sequence(() => {
    writer.raw(encodedExtensionOids[name]);
    if (critical) writer.boolean(true);
    writer.group(tags.octetString, writeValue);
  });
}

/** Writes the list; throws INVALID_INPUT for a value that its extension cannot hold. */
export function writeExtensions(
  writer: DerWriter,
  extensions: CertificateExtensions,
  hasSubject: boolean,
): void {
  const { basicConstraints, keyUsages, extendedKeyUsages, subjectAltNames } = extensions;
  const { subjectKeyIdentifier, authorityKeyIdentifier, crlDistributionPoints } = extensions;
  // Critical for every certificate: section 4.2.1.9 wants it for authorities and leaves it open for others.
  if (basicConstraints)
    writeExtension(writer, 'basicConstraints', true, () => writeBasicConstraints(writer, basicConstraints));
  if (keyUsages?.length) writeExtension(writer, 'keyUsage', true, () => writeKeyUsages(writer, keyUsages));
  if (extendedKeyUsages?.length) {
    writeExtension(writer, 'extKeyUsage', false, () => writeExtendedKeyUsages(writer, extendedKeyUsages));
  }
  if (subjectAltNames?.length) {
    writeSubjectAltNameExtension(writer, subjectAltNames, hasSubject);
  }
  if (subjectKeyIdentifier) writeSubjectKeyIdentifier(writer, subjectKeyIdentifier);
  if (authorityKeyIdentifier) writeAuthorityKeyIdentifier(writer, authorityKeyIdentifier);
  writeAuthorityInfoAccess(writer, extensions.ocspUrls ?? [], extensions.caIssuersUrls ?? []);
  if (crlDistributionPoints?.length) {
    writeExtension(writer, 'cRLDistributionPoints', false, () =>
      writeDistributionPoint(writer, crlDistributionPoints),
    );
  }
  if (extensions.ocspNoCheck) writeExtension(writer, 'ocspNoCheck', false, () => writer.null());
  writeConstraints(writer, extensions);
  const { subjectInfoAccess, tlsFeatures, others = [] } = extensions;
  if (subjectInfoAccess?.length) writeSubjectInfoAccess(writer, subjectInfoAccess);
  if (tlsFeatures?.length) {
    writeExtension(writer, 'tlsFeature', false, () =>
      writer.sequence(() => {
        for (const feature of tlsFeatures) writer.integer(feature);
      }),
    );
  }
  for (const other of others) writeOther(writer, other);
}

/** What limits an authority; only the policies themselves may be passed over by software that does not know them. */
function writeConstraints(writer: DerWriter, extensions: CertificateExtensions): void {
  const { nameConstraints, certificatePolicies, policyMappings, policyConstraints } = extensions;
  const { inhibitAnyPolicy } = extensions;
  if (nameConstraints?.permitted?.length || nameConstraints?.excluded?.length) {
    writeExtension(writer, 'nameConstraints', true, () => writeNameConstraints(writer, nameConstraints));
  }
  if (certificatePolicies?.length) {
    writeExtension(writer, 'certificatePolicies', false, () =>
      writeCertificatePolicies(writer, certificatePolicies),
    );
  }
  if (policyMappings?.length) {
    writeExtension(writer, 'policyMappings', true, () => writePolicyMappings(writer, policyMappings));
  }
  if (policyConstraints) {
    writeExtension(writer, 'policyConstraints', true, () =>
      writePolicyConstraints(writer, policyConstraints),
    );
  }
  if (inhibitAnyPolicy !== undefined) {
    writeExtension(writer, 'inhibitAnyPolicy', true, () => writer.integer(inhibitAnyPolicy));
  }
}

function writeOther(writer: DerWriter, { oid, critical, value }: RawExtension): void {
  writer.sequence(() => {
    writer.objectIdentifier(oid);
    if (critical) writer.boolean(true);
    writer.octetString(value);
  });
}

/** Section 4.2.2.2. */
function writeSubjectInfoAccess(writer: DerWriter, places: readonly SubjectInfoAccess[]): void {
  writeExtension(writer, 'subjectInfoAccess', false, () =>
    writer.sequence(() => {
      for (const { method, url } of places) {
        const oid = subjectAccessMethods[method] ?? method;
        writer.sequence(() => writeUrl(writer.objectIdentifier(oid), url));
      }
    }),
  );
}

function writeBasicConstraints(
  writer: DerWriter,
  { ca, pathLength }: { ca: boolean; pathLength?: number | undefined },
): void {
  if (
    pathLength !== undefined &&
    !(ca && Number.isInteger(pathLength) && pathLength >= 0 && pathLength <= 255)
  ) {
    throw invalid('A path length is a whole number from 0 to 255, and only an authority has one.');
  }
  writer.sequence(() => {
    if (ca) writer.boolean(true);
    if (pathLength !== undefined) writer.integer(pathLength);
  });
}

/** Writes subjectAltName, which is critical where the subject is empty (section 4.2.1.6). */
export function writeSubjectAltNameExtension(
  writer: DerWriter,
  names: readonly SubjectAltName[],
  hasSubject: boolean,
): void {
  writeExtension(writer, 'subjectAltName', !hasSubject, () =>
    writer.sequence(() => {
      for (const name of names) writeSubjectAltName(writer, name);
    }),
  );
}

/** Writes subjectKeyIdentifier (section 4.2.1.2). */
export function writeSubjectKeyIdentifier(writer: DerWriter, keyIdentifier: Uint8Array): void {
  writeExtension(writer, 'subjectKeyIdentifier', false, () => writer.octetString(keyIdentifier));
}

/** Writes authorityKeyIdentifier by key, of certificates and CRLs (section 4.2.1.1). */
export function writeAuthorityKeyIdentifier(writer: DerWriter, keyIdentifier: Uint8Array): void {
  writeExtension(writer, 'authorityKeyIdentifier', false, () =>
    writer.sequence(() => writer.value(contextValue(0), keyIdentifier)),
  );
}

function writeAuthorityInfoAccess(
  writer: DerWriter,
  ocspUrls: readonly string[],
  caIssuersUrls: readonly string[],
): void {
  if (ocspUrls.length + caIssuersUrls.length === 0) return;
  writeExtension(writer, 'authorityInfoAccess', false, () =>
    writer.sequence(() => {
      for (const url of ocspUrls) writer.sequence(() => writeUrl(writer.raw(ocspAccess), url));
      for (const url of caIssuersUrls) writer.sequence(() => writeUrl(writer.raw(caIssuersAccess), url));
    }),
  );
}

/** One DistributionPoint with all the places (section 4.2.1.13: names of one point lead to the same CRL). */
function writeDistributionPoint(writer: DerWriter, urls: readonly string[]): void {
  const writeFullName = () => {
    for (const url of urls) writeUrl(writer, url);
  };
  writer.sequence(() =>
    writer.sequence(() => writer.group(contextGroup(0), () => writer.group(contextGroup(0), writeFullName))),
  );
}

function writeUrl(writer: DerWriter, url: string): void {
  if (!isUri(url)) throw invalid(`'${url.slice(0, 256)}' is not an absolute URI in ASCII.`);
  writer.text(contextValue(6), url);
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
