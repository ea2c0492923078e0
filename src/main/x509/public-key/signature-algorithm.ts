/** Signature algorithms: those that this program signs with, and all that it can verify or name. */
import {
  type KeyAlgorithm,
  keyAlgorithmFacts,
  type SignatureAlgorithm,
  type SignatureHash,
  signatureAlgorithms,
  signatureHash,
} from '../../../shared/model/algorithms.ts';
import { writeDer } from '../der/der-writer.ts';
import type { AlgorithmIdentifier } from './algorithm-identifier.ts';
import { rsaPssOid, signatureOids } from './algorithm-oids.ts';
import { pssSaltLength, readPssParameters, writePssParameters } from './pss-parameters.ts';

export type { SignatureAlgorithm };

const pssPrefix = 'rsa-pss-';

function identifier(algorithm: SignatureAlgorithm): Uint8Array {
  const hash = signatureHash(algorithm);
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.objectIdentifier(signatureOids[algorithm]);
      // RFC 4055 section 5: RSA has NULL; RFC 5758, RFC 8410, RFC 9881 and RFC 9909: the others have none.
      if (algorithm.startsWith(pssPrefix) && hash) writePssParameters(writer, hash);
      else if (algorithm.startsWith('rsa-')) writer.null();
    });
  });
}

/** The AlgorithmIdentifier that stands in what is signed and again before the signature. */
export const signatureAlgorithmIdentifiers = Object.fromEntries(
  signatureAlgorithms.map((algorithm) => [algorithm, identifier(algorithm)]),
) as Readonly<Record<SignatureAlgorithm, Uint8Array>>;

/** The algorithm that a key of this kind signs with unless told otherwise. */
export function signatureAlgorithmFor(keyAlgorithm: KeyAlgorithm): SignatureAlgorithm {
  return keyAlgorithmFacts[keyAlgorithm].signatureAlgorithms[0];
}

/** How a signature is to be verified. */
export interface SignatureScheme {
  readonly name: string;
  /** The types that node:crypto gives to keys that make such signatures. */
  readonly keyTypes: readonly string[];
  /** The hash, or null where the algorithm has its own. */
  readonly hash: SignatureHash | null;
  /** Length of the salt in bytes, for RSASSA-PSS only. */
  readonly saltLength?: number;
}

/** How a signature made with the algorithm is verified. */
export function schemeOf(algorithm: SignatureAlgorithm): SignatureScheme {
  const hash = signatureHash(algorithm);
  if (hash === null) return { name: algorithm, keyTypes: [algorithm], hash };
  if (algorithm.startsWith(pssPrefix)) return pssScheme(hash, pssSaltLength(hash));
  return { name: algorithm, keyTypes: [algorithm.startsWith('rsa-') ? 'rsa' : 'ec'], hash };
}

function pssScheme(hash: SignatureHash, saltLength: number): SignatureScheme {
  return { name: `${pssPrefix}${hash}`, keyTypes: ['rsa', 'rsa-pss'], hash, saltLength };
}

const schemes: ReadonlyMap<string, SignatureScheme> = new Map(
  signatureAlgorithms
    .filter((algorithm) => !algorithm.startsWith(pssPrefix))
    .map((algorithm) => [signatureOids[algorithm], schemeOf(algorithm)]),
);

/** Also those that are named but never verified: broken, or written with parameters that they must not have. */
const names: ReadonlyMap<string, string> = new Map([
  ...[...schemes].map(([oid, { name }]) => [oid, name] as const),
  ['1.2.840.113549.1.1.4', 'rsa-md5'],
  ['1.2.840.113549.1.1.5', 'rsa-sha1'],
  [rsaPssOid, 'rsa-pss'],
  ['1.2.840.10045.4.1', 'ecdsa-sha1'],
]);

/** How to verify a signature of this algorithm, or undefined when it is unknown, broken or oddly put. */
export function signatureScheme(algorithm: AlgorithmIdentifier): SignatureScheme | undefined {
  if (algorithm.oid === rsaPssOid) {
    const pss = readPssParameters(algorithm.parameters);
    return pss && pssScheme(pss.hash, pss.saltLength);
  }
  const scheme = schemes.get(algorithm.oid);
  // Parameters must be absent where the algorithm has its own hash; older ones are written with a NULL here and there.
  return scheme?.hash === null && !algorithm.parameters.isEmpty ? undefined : scheme;
}

/** The name of a signature algorithm, or its object identifier when it has none here. */
export function signatureAlgorithmName(algorithm: AlgorithmIdentifier): string {
  return signatureScheme(algorithm)?.name ?? names.get(algorithm.oid) ?? algorithm.oid;
}
