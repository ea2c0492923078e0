import type { NewCertificate } from './certificate-row.ts';

/** What a search finds a certificate by; what another part holds already is not indexed twice. */
export function searchText(
  certificate: Pick<
    NewCertificate,
    'commonName' | 'subject' | 'subjectAltNames' | 'serialNumber' | 'sha256Fingerprint'
  >,
): string {
  const { commonName, subject, subjectAltNames, serialNumber, sha256Fingerprint } = certificate;
  const names = (JSON.parse(subjectAltNames) as { value: string }[]).map((name) => name.value);
  const parts = [subject, serialNumber, sha256Fingerprint];
  for (const name of [commonName, ...names]) {
    if (!parts.some((part) => part.includes(name))) parts.push(name);
  }
  return parts.join('\n');
}
