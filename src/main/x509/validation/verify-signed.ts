/**
 * Verifies what is signed anywhere in X.509 (certificates, CRLs, OCSP). The algorithms that this program
 * accepts at all are in public-key/signature-algorithm.ts; SHA-1 and DSA come in here, for whoever must read
 * the past and asks for it.
 */
import { createPublicKey, verify } from '../../crypto/index.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import { signatureScheme } from '../public-key/signature-algorithm.ts';
import { describePublicKey } from '../public-key/subject-public-key.ts';
import { verifySignature } from '../public-key/verify-signature.ts';

export interface SignatureRules {
  /** Accept signatures over SHA-1 and by DSA; false unless given. */
  readonly allowSha1?: boolean | undefined;
}

const format: DerFormat = { code: 'INVALID_INPUT', name: 'signature algorithm', maxBytes: 4096 };

/** RFC 3279 section 2.2 and RFC 5758 section 3.1. */
const legacySchemes: ReadonlyMap<string, { keyType: string; hash: string }> = new Map([
  ['1.2.840.113549.1.1.5', { keyType: 'rsa', hash: 'sha1' }],
  ['1.2.840.10045.4.1', { keyType: 'ec', hash: 'sha1' }],
  ['1.2.840.10040.4.3', { keyType: 'dsa', hash: 'sha1' }],
  ['2.16.840.1.101.3.4.3.2', { keyType: 'dsa', hash: 'sha256' }],
]);

/** A DSA key of 3072 bits takes no more; larger ones would be slow on purpose. */
const maxLegacyKeyBytes = 1300;

/**
 * True when the signature over `data` is good; false when it is not, the algorithm (an AlgorithmIdentifier in
 * DER) is not accepted, or the key cannot have made it. Never throws.
 */
export function verifySigned(
  data: Uint8Array,
  algorithmDer: Uint8Array,
  signature: Uint8Array,
  spki: Uint8Array,
  rules: SignatureRules,
): boolean {
  try {
    const algorithm = readAlgorithmIdentifier(DerReader.open(algorithmDer, format), 'signature algorithm');
    const scheme = signatureScheme(algorithm);
    if (scheme !== undefined) return verifySignature(scheme, data, signature, spki);
    const legacy = rules.allowSha1 === true ? legacySchemes.get(algorithm.oid) : undefined;
    if (legacy === undefined || spki.length > maxLegacyKeyBytes || !describePublicKey(spki).isUsable)
      return false;
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === legacy.keyType && verify(legacy.hash, data, key, signature);
  } catch {
    return false;
  }
}
