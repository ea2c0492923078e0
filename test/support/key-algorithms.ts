/** Which algorithms a test goes through, and how their keys come into a test. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { capabilities } from '../../src/main/crypto/index.ts';
import { isPostQuantum, type KeyAlgorithm, keyAlgorithms } from '../../src/shared/model/algorithms.ts';
import type { OpensslAlgorithm } from './openssl.ts';

/** SLH-DSA's small signatures, and those by SHAKE, take a second to make: tests of everything else leave them out. */
export const slowAlgorithms = keyAlgorithms.filter((algorithm) => /^slh-dsa-(?:.*s$|shake)/.test(algorithm));

/** Every family and every size or parameter set that signs within a blink and works by the table in force. */
export const quickAlgorithms = keyAlgorithms.filter((algorithm) =>
  capabilities().algorithms[algorithm] === 'native'
    ? !slowAlgorithms.includes(algorithm)
    : capabilities().algorithms[algorithm] === 'library' &&
      !/^slh-dsa-sha2-(?:192|256|128s)|shake/.test(algorithm),
);

/** What OpenSSL 3.0, which Debian has, knows. */
export const classicAlgorithms = keyAlgorithms.filter(
  (algorithm): algorithm is OpensslAlgorithm => !isPostQuantum(algorithm),
);

/** A key made by Node's own crypto, whatever the table of capabilities says. */
export function nodeKeyPair(algorithm: KeyAlgorithm): { privateKey: KeyObject; publicKey: KeyObject } {
  const [family, size = ''] = algorithm.split('-');
  if (family === 'ecdsa') return generateKeyPairSync('ec', { namedCurve: `P-${size.slice(1)}` });
  if (family === 'rsa') return generateKeyPairSync('rsa', { modulusLength: Number(size) });
  return generateKeyPairSync(algorithm as 'ed25519');
}
