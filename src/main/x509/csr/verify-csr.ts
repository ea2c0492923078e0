/** Proof of possession: the requester holds the private key of the public key in the request. */
import { ChanceryError } from '../../../shared/errors.ts';
import { verifySignature } from '../public-key/verify-signature.ts';
import type { CertificationRequest } from './parse-csr.ts';

/**
 * True when the request is signed with its own key (RFC 2986 section 4.2), false when the signature is wrong.
 * Throws INVALID_CSR when the algorithm is not one that is accepted, such as any with SHA-1.
 */
export function verifyCsr(csr: CertificationRequest): boolean {
  if (csr.signatureScheme === undefined) {
    throw new ChanceryError({
      code: 'INVALID_CSR',
      detail: `The certificate request is signed with ${csr.signatureAlgorithm}, which is not accepted.`,
      hint: 'Make the request with ECDSA, RSA or Ed25519, and SHA-256 or better.',
    });
  }
  return verifySignature(csr.signatureScheme, csr.tbs, csr.signature, csr.spki);
}
