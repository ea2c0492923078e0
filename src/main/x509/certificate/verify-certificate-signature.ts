/** Verifies the signature of one certificate; paths, times and purposes are not looked at. */
import { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import { signatureScheme } from '../public-key/signature-algorithm.ts';
import { verifySignature } from '../public-key/verify-signature.ts';
import { certificateFormat } from './parse-certificate.ts';

/**
 * True when the certificate is signed with the key of issuerSpki; false when it is not, or with an algorithm
 * that is not accepted (SHA-1, MD5). Throws INVALID_CERTIFICATE when the certificate's frame is malformed.
 */
export function verifyCertificateSignature(der: Uint8Array, issuerSpki: Uint8Array): boolean {
  const root = DerReader.open(der, certificateFormat);
  const outer = root.enter(tags.sequence, 'certificate');
  root.finish('the certificate');
  const tbs = outer.element('signed part');
  const scheme = signatureScheme(readAlgorithmIdentifier(outer, 'signature algorithm'));
  const signature = outer.bitString('signature');
  outer.finish('signature');
  return scheme !== undefined && verifySignature(scheme, tbs, signature, issuerSpki);
}
