/** Object identifiers of algorithms. Where key and signature share one, it stands here once. */
import type { PostQuantumAlgorithm, SignatureAlgorithm } from '../../../shared/model/algorithms.ts';

/** NIST's arc for signatures; RFC 9881 section 2, RFC 9909 section 3. */
const nist = '2.16.840.1.101.3.4.3';

/** By them a key, its signatures and (RFC 9881 section 6, RFC 9909 section 6) its private key are known. */
export const postQuantumOids: Readonly<Record<PostQuantumAlgorithm, string>> = {
  'ml-dsa-44': `${nist}.17`,
  'ml-dsa-65': `${nist}.18`,
  'ml-dsa-87': `${nist}.19`,
  'slh-dsa-sha2-128s': `${nist}.20`,
  'slh-dsa-sha2-128f': `${nist}.21`,
  'slh-dsa-sha2-192s': `${nist}.22`,
  'slh-dsa-sha2-192f': `${nist}.23`,
  'slh-dsa-sha2-256s': `${nist}.24`,
  'slh-dsa-sha2-256f': `${nist}.25`,
  'slh-dsa-shake-128s': `${nist}.26`,
  'slh-dsa-shake-128f': `${nist}.27`,
  'slh-dsa-shake-192s': `${nist}.28`,
  'slh-dsa-shake-192f': `${nist}.29`,
  'slh-dsa-shake-256s': `${nist}.30`,
  'slh-dsa-shake-256f': `${nist}.31`,
};

export const rsaEncryptionOid = '1.2.840.113549.1.1.1';
export const rsaPssOid = '1.2.840.113549.1.1.10';
export const ecPublicKeyOid = '1.2.840.10045.2.1';

/** RFC 5758, RFC 4055, RFC 8410, RFC 9881, RFC 9909. */
export const signatureOids: Readonly<Record<SignatureAlgorithm, string>> = {
  'ecdsa-sha256': '1.2.840.10045.4.3.2',
  'ecdsa-sha384': '1.2.840.10045.4.3.3',
  'ecdsa-sha512': '1.2.840.10045.4.3.4',
  'rsa-sha256': '1.2.840.113549.1.1.11',
  'rsa-sha384': '1.2.840.113549.1.1.12',
  'rsa-sha512': '1.2.840.113549.1.1.13',
  'rsa-pss-sha256': rsaPssOid,
  'rsa-pss-sha384': rsaPssOid,
  'rsa-pss-sha512': rsaPssOid,
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
  ...postQuantumOids,
};
