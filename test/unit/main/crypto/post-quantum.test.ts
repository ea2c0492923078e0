/** Two implementations of FIPS 204 and 205 against one another: OpenSSL's, by Node, and @noble/post-quantum. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  generatePostQuantum,
  loadPostQuantum,
  publicKeyOfPostQuantum,
  signPostQuantum,
  verifyPostQuantum,
} from '../../../../src/main/crypto/post-quantum.ts';
import {
  makePostQuantumKey,
  makePostQuantumSignature,
  setPostQuantumWorker,
} from '../../../../src/main/crypto/post-quantum-thread.ts';
import { readPostQuantumPkcs8, writePostQuantumPkcs8 } from '../../../../src/main/keys/post-quantum-pkcs8.ts';
import { encodePostQuantumKey, keyAlgorithmOf, publicKeyBytes } from '../../../../src/main/x509/index.ts';
import { postQuantumAlgorithms } from '../../../../src/shared/model/algorithms.ts';
import { nodeKeyPair, slowAlgorithms } from '../../../support/key-algorithms.ts';

const data = Buffer.from('to be signed');

beforeAll(() => loadPostQuantum());

describe.each(postQuantumAlgorithms)('%s', (algorithm) => {
  const node = nodeKeyPair(algorithm);
  const spki = node.publicKey.export({ type: 'spki', format: 'der' });
  const secret = readPostQuantumPkcs8(node.privateKey.export({ type: 'pkcs8', format: 'der' })) ?? {};

  it('made by Node is the same key in the library', () => {
    expect(keyAlgorithmOf(spki)).toBe(algorithm);
    expect(secret).toMatchObject({ algorithm, secretKey: expect.any(Uint8Array) });
    const publicKey = publicKeyOfPostQuantum(algorithm, secretOf(secret));
    expect(Buffer.from(encodePostQuantumKey(algorithm, publicKey))).toEqual(spki);
  });

  it('signed by Node is verified by the library, and nothing else is', () => {
    // The slow ones are signed by Node alone, once.
    const signature = sign(null, data, node.privateKey);
    const publicKey = publicKeyBytes(spki);
    expect(verifyPostQuantum(algorithm, publicKey, data, signature)).toBe(true);
    expect(verifyPostQuantum(algorithm, publicKey, Buffer.from('other'), signature)).toBe(false);
    expect(verifyPostQuantum(algorithm, publicKey, data, signature.subarray(1))).toBe(false);
    expect(verifyPostQuantum(algorithm, publicKey.subarray(1), data, signature)).toBe(false);
  });

  it.skipIf(slowAlgorithms.includes(algorithm))('made and signed by the library is good for Node', () => {
    const { publicKey, secretKey } = generatePostQuantum(algorithm);
    const own = encodePostQuantumKey(algorithm, publicKey);
    const key = createPublicKey({ key: Buffer.from(own), format: 'der', type: 'spki' });
    expect(verify(null, data, key, signPostQuantum(algorithm, secretKey, data))).toBe(true);
    const pkcs8 = writePostQuantumPkcs8({ algorithm, secretKey });
    const imported = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    expect(createPublicKey(imported).equals(key)).toBe(true);
  });
});

function secretOf(secret: { secretKey?: Uint8Array }): Uint8Array {
  return secret.secretKey ?? expect.unreachable('there is no key in it');
}

describe('the thread for what is slow', () => {
  it('makes a key and signs with it as the library does', async () => {
    setPostQuantumWorker(new URL('../../../../src/main/crypto/post-quantum-worker.ts', import.meta.url));
    try {
      const seed = new Uint8Array(48).fill(7);
      const [pair, again] = await Promise.all([
        makePostQuantumKey('slh-dsa-sha2-128f', seed),
        makePostQuantumKey('slh-dsa-sha2-128f', seed),
      ]);
      expect(pair).toEqual(again);
      expect(pair).toEqual(generatePostQuantum('slh-dsa-sha2-128f', seed));
      const signature = await makePostQuantumSignature('slh-dsa-sha2-128f', pair.secretKey, data);
      expect(verifyPostQuantum('slh-dsa-sha2-128f', pair.publicKey, data, signature)).toBe(true);
    } finally {
      setPostQuantumWorker(undefined);
    }
  });

  it('says what went wrong there', async () => {
    setPostQuantumWorker(new URL('../../../../src/main/crypto/post-quantum-worker.ts', import.meta.url));
    try {
      await expect(makePostQuantumKey('slh-dsa-sha2-128f', new Uint8Array(3))).rejects.toThrow(
        /worker failed/,
      );
    } finally {
      setPostQuantumWorker(undefined);
    }
  });
});
