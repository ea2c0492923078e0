/** Key and signature algorithms, by the names that scripts and policies use. */
import { z } from 'zod';

export const keyAlgorithms = [
  'ecdsa-p256',
  'ecdsa-p384',
  'ed25519',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
] as const;

export const KeyAlgorithm = z.enum(keyAlgorithms).meta({
  id: 'KeyAlgorithm',
  description:
    'A key algorithm with its size. ECDSA signs with SHA-256 (P-256) or SHA-384 (P-384), RSA with PKCS#1 v1.5 and SHA-256.',
});
export type KeyAlgorithm = z.infer<typeof KeyAlgorithm>;
