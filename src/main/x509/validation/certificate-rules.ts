/** The rules of RFC 5280 section 6 that look at one certificate alone. */
import { extensionOids } from '../extensions/extension-oids.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { Report } from './path-failure.ts';

/** Section 6.1.3 (a) (2): the time lies within the validity, both ends included (section 4.1.2.5). */
export function reportValidity({ parsed }: PathCertificate, index: number, time: Date, report: Report): void {
  const section = 'RFC 5280 section 6.1.3 (a) (2)';
  // A certificate's times have whole seconds, and its last second counts to its end.
  const second = Math.floor(time.getTime() / 1000) * 1000;
  if (second < parsed.notBefore.getTime()) {
    report(index, 'validity.notYet', section, `It is valid from ${parsed.notBefore.toISOString()} on only.`);
  } else if (second > parsed.notAfter.getTime()) {
    report(index, 'validity.expired', section, `It expired at ${parsed.notAfter.toISOString()}.`);
  }
}

/** Extensions that validation takes into account; the others that are known say nothing on validity. */
const processed: ReadonlySet<string> = new Set([
  extensionOids.subjectKeyIdentifier,
  extensionOids.authorityKeyIdentifier,
  extensionOids.keyUsage,
  extensionOids.extKeyUsage,
  extensionOids.subjectAltName,
  extensionOids.issuerAltName,
  extensionOids.basicConstraints,
  extensionOids.nameConstraints,
  extensionOids.certificatePolicies,
  extensionOids.policyMappings,
  extensionOids.policyConstraints,
  extensionOids.inhibitAnyPolicy,
  extensionOids.cRLDistributionPoints,
  extensionOids.freshestCRL,
  extensionOids.authorityInfoAccess,
  extensionOids.subjectInfoAccess,
  extensionOids.ocspNoCheck,
  extensionOids.tlsFeature,
]);

/** Sections 6.1.4 (o) and 6.1.5 (f): what is critical must be understood. */
export function reportCriticalExtensions(
  { extensions }: PathCertificate,
  index: number,
  report: Report,
): void {
  for (const { oid, critical } of extensions) {
    if (!critical || processed.has(oid)) continue;
    report(
      index,
      'extension.unknownCritical',
      'RFC 5280 sections 6.1.4 (o), 6.1.5 (f)',
      oid === extensionOids.precertificatePoison
        ? 'It is a precertificate for transparency logs, not a certificate.'
        : `It has the critical extension ${oid}, whose meaning is not known here.`,
    );
  }
}

/**
 * Section 6.1.4 (k) and (n): a certificate that issued another is an authority's. An anchor may leave
 * basicConstraints away, since its trust comes from elsewhere, but must not deny it.
 */
export function reportIssuerRights(
  { parsed, extensions }: PathCertificate,
  index: number,
  as: 'issuer' | 'anchor',
  report: Report,
): void {
  const hasConstraints = extensions.some(({ oid }) => oid === extensionOids.basicConstraints);
  if (!parsed.isCa && (hasConstraints || as === 'issuer')) {
    report(
      index,
      'basicConstraints.notCa',
      'RFC 5280 section 6.1.4 (k)',
      hasConstraints
        ? 'It issued a certificate, but its basicConstraints say that it is not of an authority.'
        : 'It issued a certificate, but has no basicConstraints to say that it is of an authority.',
    );
  }
  const hasUsages = extensions.some(({ oid }) => oid === extensionOids.keyUsage);
  if (hasUsages && !parsed.keyUsages.includes('keyCertSign')) {
    report(
      index,
      'keyUsage.noCertSign',
      'RFC 5280 section 6.1.4 (n)',
      'It issued a certificate, but its key usage does not have keyCertSign.',
    );
  }
}
