/** Verifies the signature of a CRL; whether it may be used is another matter. */
import { type SignatureRules, verifySigned } from '../validation/verify-signed.ts';
import type { ParsedCrl } from './parse-crl.ts';

/** True when the CRL is signed with the key of issuerSpki, by an algorithm that the rules accept. Never throws. */
export function verifyCrlSignature(
  crl: ParsedCrl,
  issuerSpki: Uint8Array,
  rules: SignatureRules = {},
): boolean {
  return verifySigned(crl.tbs, crl.signatureAlgorithmDer, crl.signature, issuerSpki, rules);
}
