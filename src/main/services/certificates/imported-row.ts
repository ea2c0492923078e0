import { newId } from '../../crypto/index.ts';
import { factsOf, type ImportedCertificate } from '../../store/index.ts';
import type { ParsedCertificate } from '../../x509/index.ts';

/** The row of a certificate from elsewhere, from what is in it. */
export function importedRow(
  certificate: ParsedCertificate,
  given: Pick<
    ImportedCertificate,
    'realmId' | 'authorityId' | 'importedFrom' | 'requestedBy' | 'requestedById'
  > & { readonly sha256: Uint8Array; readonly now: Date },
): ImportedCertificate {
  const { now, ...fields } = given;
  const { subject, subjectAltNames } = certificate;
  const id = newId(now);
  return {
    id,
    orderId: id,
    profileId: null,
    // Those of foreign authorities stand in the list too, to be seen expiring.
    isAuthority: 0,
    serialNumber: certificate.serialNumber,
    commonName: subject.attributes.commonName ?? subjectAltNames[0]?.value ?? '',
    subject: subject.text,
    subjectAltNames: JSON.stringify(subjectAltNames),
    issuer: certificate.issuer.text,
    keyAlgorithm: certificate.keyAlgorithm ?? certificate.keyDescription,
    notBefore: certificate.notBefore.getTime(),
    notAfter: certificate.notAfter.getTime(),
    keyId: null,
    metadata: null,
    createdAt: now.getTime(),
    der: certificate.der,
    sha256Fingerprint: certificate.sha256Fingerprint,
    facts: factsOf(certificate),
    ...fields,
  };
}
