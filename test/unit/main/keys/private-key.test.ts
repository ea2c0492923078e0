import { describe, expect, it } from 'vitest';
import { capabilities } from '../../../../src/main/crypto/index.ts';
import { newKeyPair } from '../../../../src/main/keys/key-pair.ts';
import { readPostQuantumPkcs8, writePostQuantumPkcs8 } from '../../../../src/main/keys/post-quantum-pkcs8.ts';
import { readPrivateKey } from '../../../../src/main/keys/private-key.ts';
import { contextValue, writeDer } from '../../../../src/main/x509/index.ts';
import { nodeKeyPair } from '../../../support/key-algorithms.ts';

const algorithm = 'ml-dsa-65';
const spkiOf = (key: ReturnType<typeof nodeKeyPair>) => key.publicKey.export({ type: 'spki', format: 'der' });
const pkcs8Of = (key: ReturnType<typeof nodeKeyPair>) =>
  key.privateKey.export({ type: 'pkcs8', format: 'der' });

/** OpenSSL writes the seed and the expanded key; here they are apart. */
function partsOf(key: ReturnType<typeof nodeKeyPair>) {
  const { seed, secretKey } = readPostQuantumPkcs8(pkcs8Of(key)) ?? expect.unreachable();
  return { seed: seed ?? expect.unreachable(), secretKey: secretKey ?? expect.unreachable() };
}

/** PrivateKeyInfo of ML-DSA-65 around the given choice of RFC 9881 section 6. */
function around(choice: Uint8Array): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      writer
        .integer(0)
        .sequence(() => writer.objectIdentifier('2.16.840.1.101.3.4.3.18'))
        .octetString(choice);
    });
  });
}

describe('a private key of ML-DSA', () => {
  const key = nodeKeyPair(algorithm);
  const { seed, secretKey } = partsOf(key);

  it.each([
    ['seed', writePostQuantumPkcs8({ algorithm, seed })],
    ['expanded key', writePostQuantumPkcs8({ algorithm, secretKey })],
    ['seed with its expanded key', pkcs8Of(key)],
  ])('is read from its %s', async (_, pkcs8) => {
    const read = await readPrivateKey(pkcs8);
    expect(read.algorithm).toBe(algorithm);
    expect(Buffer.from(read.spki)).toEqual(spkiOf(key));
  });

  it('is kept and given away as its seed where that is known', async () => {
    const { pkcs8 } = await newKeyPair(algorithm);
    expect(pkcs8).toHaveLength(54);
    expect((await readPrivateKey(pkcs8Of(key))).export()).toEqual(writePostQuantumPkcs8({ algorithm, seed }));
  });

  it('is kept expanded where its seed is lost', async () => {
    const expanded = writePostQuantumPkcs8({ algorithm, secretKey });
    expect((await readPrivateKey(expanded)).export()).toEqual(expanded);
  });

  it.each([
    [
      'a seed and the key of another',
      writeDer((writer) => {
        const other = partsOf(nodeKeyPair(algorithm));
        writer.sequence(() => writer.octetString(seed).octetString(other.secretKey));
      }),
    ],
    ['a seed of 31 bytes', writeDer((writer) => writer.value(contextValue(0), seed.subarray(1)))],
    ['half a key', writeDer((writer) => writer.octetString(secretKey.subarray(0, 2000)))],
    ['nothing', new Uint8Array()],
  ])('is refused with %s', async (_, choice) => {
    await expect(readPrivateKey(around(choice))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('an algorithm that the runtime does not know', () => {
  const isKnown = capabilities().algorithms.ed448 !== 'none';

  it.skipIf(isKnown)('is refused by name, for new keys and for imported ones', async () => {
    const refusal = { code: 'UNSUPPORTED', detail: expect.stringContaining('Ed448') };
    await expect(newKeyPair('ed448')).rejects.toMatchObject(refusal);
    await expect(readPrivateKey(pkcs8Of(nodeKeyPair('ed448')))).rejects.toMatchObject(refusal);
  });
});
