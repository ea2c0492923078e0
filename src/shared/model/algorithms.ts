/**
 * Key and signature algorithms, by the names that scripts and policies use, and what is true of each. The one
 * place that lists them; how they are encoded is known to x509/, what the runtime can do of them to crypto/.
 */
import { z } from 'zod';

export const keyAlgorithms = [
  'ecdsa-p256',
  'ecdsa-p384',
  'ecdsa-p521',
  'ed25519',
  'ed448',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
  'ml-dsa-44',
  'ml-dsa-65',
  'ml-dsa-87',
  'slh-dsa-sha2-128s',
  'slh-dsa-sha2-128f',
  'slh-dsa-sha2-192s',
  'slh-dsa-sha2-192f',
  'slh-dsa-sha2-256s',
  'slh-dsa-sha2-256f',
  'slh-dsa-shake-128s',
  'slh-dsa-shake-128f',
  'slh-dsa-shake-192s',
  'slh-dsa-shake-192f',
  'slh-dsa-shake-256s',
  'slh-dsa-shake-256f',
] as const;

export const KeyAlgorithm = z.enum(keyAlgorithms).meta({
  id: 'KeyAlgorithm',
  description:
    'A key algorithm with its size or parameter set. ECDSA signs with SHA-256 (P-256), SHA-384 (P-384) or SHA-512 (P-521), RSA with PKCS#1 v1.5 and SHA-256 unless told otherwise. ML-DSA (RFC 9881) and SLH-DSA (RFC 9909) withstand quantum computers.',
});
export type KeyAlgorithm = z.infer<typeof KeyAlgorithm>;

/** ML-DSA (FIPS 204) and SLH-DSA (FIPS 205). */
export type PostQuantumAlgorithm = Extract<KeyAlgorithm, `${'ml' | 'slh'}-dsa-${string}`>;

/** What signs as its own name says: the hash belongs to the algorithm. */
type OwnHash = Extract<KeyAlgorithm, `ed${string}`> | PostQuantumAlgorithm;
export type SignatureHash = 'sha256' | 'sha384' | 'sha512';
export type SignatureAlgorithm = `${'ecdsa' | 'rsa' | 'rsa-pss'}-${SignatureHash}` | OwnHash;

export type KeyFamily = 'ecdsa' | 'eddsa' | 'rsa' | 'ml-dsa' | 'slh-dsa';

export interface KeyAlgorithmFacts {
  /** For people, the same in every language. */
  readonly label: string;
  readonly family: KeyFamily;
  /** Strength in bits against the best known attack (NIST SP 800-57 part 1, FIPS 204 and 205 categories). */
  readonly securityBits: number;
  /** How such a key may sign here, what it does unless told otherwise first. */
  readonly signatureAlgorithms: readonly [SignatureAlgorithm, ...SignatureAlgorithm[]];
}

const byRsa = [
  'rsa-sha256',
  'rsa-sha384',
  'rsa-sha512',
  'rsa-pss-sha256',
  'rsa-pss-sha384',
  'rsa-pss-sha512',
] as const;

function rsa(bits: number, securityBits: number): KeyAlgorithmFacts {
  return { label: `RSA ${bits}`, family: 'rsa', securityBits, signatureAlgorithms: byRsa };
}

/** A key of a curve signs with the one hash of its strength (RFC 5480 section 4). */
function ecdsa(bits: number, securityBits: number, hash: SignatureHash): KeyAlgorithmFacts {
  return { label: `ECDSA P-${bits}`, family: 'ecdsa', securityBits, signatureAlgorithms: [`ecdsa-${hash}`] };
}

function ownHash(
  algorithm: OwnHash,
  label: string,
  family: KeyFamily,
  securityBits: number,
): KeyAlgorithmFacts {
  return { label, family, securityBits, signatureAlgorithms: [algorithm] };
}

function mlDsa(set: 44 | 65 | 87, securityBits: number): KeyAlgorithmFacts {
  return ownHash(`ml-dsa-${set}`, `ML-DSA-${set}`, 'ml-dsa', securityBits);
}

function slhDsa(hash: 'sha2' | 'shake', bits: 128 | 192 | 256, shape: 's' | 'f'): KeyAlgorithmFacts {
  const label = `SLH-DSA-${hash.toUpperCase()}-${bits}${shape}`;
  return ownHash(`slh-dsa-${hash}-${bits}${shape}`, label, 'slh-dsa', bits);
}

export const keyAlgorithmFacts: Readonly<Record<KeyAlgorithm, KeyAlgorithmFacts>> = {
  'ecdsa-p256': ecdsa(256, 128, 'sha256'),
  'ecdsa-p384': ecdsa(384, 192, 'sha384'),
  'ecdsa-p521': ecdsa(521, 256, 'sha512'),
  ed25519: ownHash('ed25519', 'Ed25519', 'eddsa', 128),
  ed448: ownHash('ed448', 'Ed448', 'eddsa', 224),
  'rsa-2048': rsa(2048, 112),
  'rsa-3072': rsa(3072, 128),
  'rsa-4096': rsa(4096, 152),
  'ml-dsa-44': mlDsa(44, 128),
  'ml-dsa-65': mlDsa(65, 192),
  'ml-dsa-87': mlDsa(87, 256),
  'slh-dsa-sha2-128s': slhDsa('sha2', 128, 's'),
  'slh-dsa-sha2-128f': slhDsa('sha2', 128, 'f'),
  'slh-dsa-sha2-192s': slhDsa('sha2', 192, 's'),
  'slh-dsa-sha2-192f': slhDsa('sha2', 192, 'f'),
  'slh-dsa-sha2-256s': slhDsa('sha2', 256, 's'),
  'slh-dsa-sha2-256f': slhDsa('sha2', 256, 'f'),
  'slh-dsa-shake-128s': slhDsa('shake', 128, 's'),
  'slh-dsa-shake-128f': slhDsa('shake', 128, 'f'),
  'slh-dsa-shake-192s': slhDsa('shake', 192, 's'),
  'slh-dsa-shake-192f': slhDsa('shake', 192, 'f'),
  'slh-dsa-shake-256s': slhDsa('shake', 256, 's'),
  'slh-dsa-shake-256f': slhDsa('shake', 256, 'f'),
};

export function isPostQuantum(algorithm: KeyAlgorithm): algorithm is PostQuantumAlgorithm {
  const { family } = keyAlgorithmFacts[algorithm];
  return family === 'ml-dsa' || family === 'slh-dsa';
}

export const postQuantumAlgorithms: readonly PostQuantumAlgorithm[] = keyAlgorithms.filter(isPostQuantum);

/** Every way to sign, each once. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  ...new Set(keyAlgorithms.flatMap((algorithm) => keyAlgorithmFacts[algorithm].signatureAlgorithms)),
];

export const SignatureAlgorithm = z.enum(signatureAlgorithms).meta({
  id: 'SignatureAlgorithm',
  description:
    'How a key signs. RSA leaves a choice: PKCS#1 v1.5 (rsa-...) or PSS (rsa-pss-...), and the hash.',
});

/** The hash that the caller of the primitive names; null where the algorithm has its own. */
export function signatureHash(algorithm: SignatureAlgorithm): SignatureHash | null {
  const hash = algorithm.startsWith('slh-') ? undefined : /sha(?:256|384|512)$/.exec(algorithm)?.[0];
  return (hash as SignatureHash | undefined) ?? null;
}
