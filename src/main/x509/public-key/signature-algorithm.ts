/** Signature algorithms: the few that this program signs with, and all that it can verify or name. */
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import { tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './algorithm-identifier.ts';

export type SignatureAlgorithm = 'ecdsa-sha256' | 'ecdsa-sha384' | 'rsa-sha256' | 'ed25519';

const oids: Record<SignatureAlgorithm, string> = {
  'ecdsa-sha256': '1.2.840.10045.4.3.2',
  'ecdsa-sha384': '1.2.840.10045.4.3.3',
  'rsa-sha256': '1.2.840.113549.1.1.11',
  ed25519: '1.3.101.112',
};

function identifier(algorithm: SignatureAlgorithm): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.objectIdentifier(oids[algorithm]);
      // RFC 4055 section 5: RSA has NULL parameters; RFC 5758 and RFC 8410: the others have none.
      if (algorithm === 'rsa-sha256') writer.null();
    });
  });
}

/** The AlgorithmIdentifier that stands in what is signed and again before the signature. */
export const signatureAlgorithmIdentifiers: Readonly<Record<SignatureAlgorithm, Uint8Array>> = {
  'ecdsa-sha256': identifier('ecdsa-sha256'),
  'ecdsa-sha384': identifier('ecdsa-sha384'),
  'rsa-sha256': identifier('rsa-sha256'),
  ed25519: identifier('ed25519'),
};

/** The algorithm that a key of this kind signs with. */
export function signatureAlgorithmFor(keyAlgorithm: KeyAlgorithm): SignatureAlgorithm {
  switch (keyAlgorithm) {
    case 'ecdsa-p256':
      return 'ecdsa-sha256';
    case 'ecdsa-p384':
      return 'ecdsa-sha384';
    case 'ed25519':
      return 'ed25519';
    case 'rsa-2048':
    case 'rsa-3072':
    case 'rsa-4096':
      return 'rsa-sha256';
  }
}

/** How a signature is to be verified. */
export interface SignatureScheme {
  readonly name: string;
  /** The types that node:crypto gives to keys that make such signatures. */
  readonly keyTypes: readonly string[];
  /** The hash, or null where the algorithm has its own. */
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null;
  /** Length of the salt in bytes, for RSASSA-PSS only. */
  readonly saltLength?: number;
}

const rsa = ['rsa'];
const ec = ['ec'];

const schemes: ReadonlyMap<string, SignatureScheme> = new Map<string, SignatureScheme>([
  ['1.2.840.113549.1.1.11', { name: 'rsa-sha256', keyTypes: rsa, hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { name: 'rsa-sha384', keyTypes: rsa, hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { name: 'rsa-sha512', keyTypes: rsa, hash: 'sha512' }],
  ['1.2.840.10045.4.3.2', { name: 'ecdsa-sha256', keyTypes: ec, hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { name: 'ecdsa-sha384', keyTypes: ec, hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { name: 'ecdsa-sha512', keyTypes: ec, hash: 'sha512' }],
  ['1.3.101.112', { name: 'ed25519', keyTypes: ['ed25519'], hash: null }],
  ['1.3.101.113', { name: 'ed448', keyTypes: ['ed448'], hash: null }],
]);

/** Algorithms that are named but never verified: broken, or not of this program. */
const namesOnly: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.4', 'rsa-md5'],
  ['1.2.840.113549.1.1.5', 'rsa-sha1'],
  ['1.2.840.113549.1.1.10', 'rsa-pss'],
  ['1.2.840.10045.4.1', 'ecdsa-sha1'],
  ['2.16.840.1.101.3.4.3.17', 'ml-dsa-44'],
  ['2.16.840.1.101.3.4.3.18', 'ml-dsa-65'],
  ['2.16.840.1.101.3.4.3.19', 'ml-dsa-87'],
]);

const pssOid = '1.2.840.113549.1.1.10';

/** How to verify a signature of this algorithm, or undefined when it is unknown, broken or oddly put. */
export function signatureScheme(algorithm: AlgorithmIdentifier): SignatureScheme | undefined {
  return algorithm.oid === pssOid ? pssScheme(algorithm) : schemes.get(algorithm.oid);
}

/** The name of a signature algorithm, or its object identifier when it has none here. */
export function signatureAlgorithmName(algorithm: AlgorithmIdentifier): string {
  return signatureScheme(algorithm)?.name ?? namesOnly.get(algorithm.oid) ?? algorithm.oid;
}

const pssHashes: ReadonlyMap<string, { hash: 'sha256' | 'sha384' | 'sha512'; bytes: number }> = new Map([
  ['2.16.840.1.101.3.4.2.1', { hash: 'sha256', bytes: 32 } as const],
  ['2.16.840.1.101.3.4.2.2', { hash: 'sha384', bytes: 48 } as const],
  ['2.16.840.1.101.3.4.2.3', { hash: 'sha512', bytes: 64 } as const],
]);

/** RSASSA-PSS-params, RFC 4055 section 3.1; taken with one SHA-2 hash for both uses, as RFC 8017 advises. */
function pssScheme({ parameters }: AlgorithmIdentifier): SignatureScheme | undefined {
  const holder = parameters.fork();
  const params = holder.enterIf(tags.sequence, 'RSASSA-PSS parameters');
  if (params === undefined) return undefined;
  const digest = params.enterIf(0xa0, 'RSASSA-PSS hash');
  const mask = params.enterIf(0xa1, 'RSASSA-PSS mask generation');
  const salt = params.enterIf(0xa2, 'RSASSA-PSS salt length');
  const trailer = params.enterIf(0xa3, 'RSASSA-PSS trailer');
  params.finish('RSASSA-PSS parameters');
  // An absent field means SHA-1.
  if (digest === undefined || mask === undefined) return undefined;
  const { oid } = readAlgorithmIdentifier(digest, 'RSASSA-PSS hash');
  const generator = readAlgorithmIdentifier(mask, 'RSASSA-PSS mask generation');
  if (generator.oid !== '1.2.840.113549.1.1.8') return undefined;
  const inner = readAlgorithmIdentifier(generator.parameters, 'RSASSA-PSS mask hash');
  const known = pssHashes.get(oid);
  if (known === undefined || inner.oid !== oid) return undefined;
  const saltLength = salt?.smallInteger('RSASSA-PSS salt length') ?? 20;
  if (saltLength > known.bytes) return undefined;
  if (trailer !== undefined && trailer.smallInteger('RSASSA-PSS trailer') !== 1) return undefined;
  return { name: `rsa-pss-${known.hash}`, keyTypes: ['rsa', 'rsa-pss'], hash: known.hash, saltLength };
}
