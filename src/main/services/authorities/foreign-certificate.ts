/** CA certificates that were made elsewhere: whether one will do, and what stands above it. */
import { ChanceryError } from '../../../shared/errors.ts';
import { keyAlgorithmFacts, type SignatureAlgorithm } from '../../../shared/model/algorithms.ts';
import { type ParsedCertificate, verifyCertificateSignature, writePem } from '../../x509/index.ts';
import type { AuthorityDirectory, Issuer } from './authority-directory.ts';

/** Throws INVALID_CERTIFICATE for one that is not of an authority, may not sign, or has expired. */
export function requireAuthorityCertificate(certificate: ParsedCertificate, now: Date): void {
  if (!certificate.isCa)
    throw invalid('The certificate is not that of an authority: basicConstraints does not say CA.');
  if (certificate.keyUsages.length > 0 && !certificate.keyUsages.includes('keyCertSign')) {
    throw invalid('The certificate may not sign certificates: keyUsage lacks keyCertSign.');
  }
  if (certificate.notAfter < now)
    throw invalid(`The certificate expired at ${certificate.notAfter.toISOString()}.`);
}

/** Whether it signed itself. */
export function isSelfSigned(own: ParsedCertificate): boolean {
  return own.selfIssued && verifyCertificateSignature(own.der, own.spki);
}

/** The authority of that realm, of whichever of its keys, that signed the certificate. */
export async function signerOf(
  own: ParsedCertificate,
  realmId: string,
  authorities: AuthorityDirectory,
): Promise<Issuer | undefined> {
  if (isSelfSigned(own)) return undefined;
  return [...(await authorities.all()).values()].find(
    ({ row, certificate }) =>
      row.realmId === realmId &&
      Buffer.compare(certificate.subject.der, own.issuer.der) === 0 &&
      verifyCertificateSignature(own.der, certificate.spki),
  );
}

/** A root goes on to sign as it signed itself, where its key still does so; null for the usual way. */
export function signatureOf(own: ParsedCertificate, isRoot: boolean): SignatureAlgorithm | null {
  if (!isRoot || own.keyAlgorithm === null) return null;
  const { signatureAlgorithms } = keyAlgorithmFacts[own.keyAlgorithm];
  return signatureAlgorithms.find((one) => one === own.signatureAlgorithm) ?? null;
}

/** The certificates above as PEM, each signed by the next, as far as they were given. */
export function pemAbove(own: ParsedCertificate, given: readonly ParsedCertificate[]): string {
  return chainAbove(own, given)
    .map(({ der }) => writePem('CERTIFICATE', der))
    .join('');
}

function chainAbove(own: ParsedCertificate, given: readonly ParsedCertificate[]): ParsedCertificate[] {
  const chain: ParsedCertificate[] = [];
  let current = own;
  while (!current.selfIssued && chain.length < given.length) {
    const { der, issuer } = current;
    const next = given.find(
      (one) => Buffer.compare(one.subject.der, issuer.der) === 0 && verifyCertificateSignature(der, one.spki),
    );
    if (!next) break;
    chain.push(next);
    current = next;
  }
  return chain;
}

export function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_CERTIFICATE', detail });
}
