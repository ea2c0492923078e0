/** Whether the certificate serves for what it is wanted: uses, purposes and names. */
import { extensionOids } from '../extensions/extension-oids.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { Report } from './path-failure.ts';
import { hasPeerName } from './peer-name.ts';
import type { CompleteOptions } from './validation-options.ts';

const anyExtendedKeyUsage = '2.5.29.37.0';

export function reportTargetUse(
  certificates: readonly PathCertificate[],
  { keyUsages, extendedKeyUsages, peerNames }: CompleteOptions,
  report: Report,
): void {
  const target = certificates[0] as PathCertificate;
  const hasUsages = target.extensions.some(({ oid }) => oid === extensionOids.keyUsage);
  const missing = hasUsages ? keyUsages.filter((usage) => !target.parsed.keyUsages.includes(usage)) : [];
  if (missing.length > 0) {
    report(
      0,
      'keyUsage.missing',
      'RFC 5280 section 4.2.1.3',
      `Its key usage does not have ${missing.join(', ')}.`,
    );
  }
  for (const [index, certificate] of certificates.entries()) {
    reportPurposes(certificate, index, extendedKeyUsages, report);
  }
  for (const name of peerNames) {
    if (hasPeerName(target, name)) continue;
    report(
      0,
      'peerName.mismatch',
      'RFC 9525 section 6',
      `It is not made out to ${name.type} '${name.value}'.`,
    );
  }
}

/** Section 4.2.1.12; that an authority's purposes limit what it issues is the practice of all implementations. */
function reportPurposes(
  { parsed, extensions }: PathCertificate,
  index: number,
  wanted: readonly string[],
  report: Report,
): void {
  const hasPurposes = extensions.some(({ oid }) => oid === extensionOids.extKeyUsage);
  if (!hasPurposes || parsed.extendedKeyUsages.includes(anyExtendedKeyUsage)) return;
  const missing = wanted.filter((purpose) => !parsed.extendedKeyUsages.includes(purpose));
  if (missing.length === 0) return;
  const message = `Its extended key usage does not have ${missing.join(', ')}.`;
  report(index, 'extendedKeyUsage.missing', 'RFC 5280 section 4.2.1.12', message);
}
