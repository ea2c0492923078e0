import type { AskedCertificate } from '../../domain/index.ts';
import { parseCertificate } from '../../x509/index.ts';

/** What would have to be asked for to get that certificate once more, or null for a key that is not issued for. */
export function askedOfCertificate(der: Uint8Array): AskedCertificate | null {
  const { keyAlgorithm, subject, subjectAltNames, selfIssued, ...certificate } = parseCertificate(der);
  if (keyAlgorithm === null) return null;
  const { keyUsages, extendedKeyUsages, notBefore, notAfter, isCa, pathLength } = certificate;
  return {
    subject: subject.attributes,
    subjectAltNames,
    keyUsages,
    extendedKeyUsages,
    keyAlgorithm,
    notBefore,
    notAfter,
    isCa,
    pathLength,
    isSelfSigned: selfIssued,
  };
}
