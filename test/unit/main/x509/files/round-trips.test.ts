/** Files that hold certificates and keys are read as they were written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { readPkcs7 } from '../../../../../src/main/x509/files/pkcs7.ts';
import {
  decryptPkcs8,
  encryptPkcs8,
  readJks,
  readPkcs12,
  writeJks,
  writePkcs7,
  writePkcs12,
} from '../../../../../src/main/x509/index.ts';

const runs = { seed: 20_261_122, numRuns: 300 };
const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });
const hexOf = (content: Uint8Array | undefined) => Buffer.from(content ?? []).toString('hex');
const seconds = fc.integer({ min: -2e9, max: 8e9 }).map((value) => new Date(value * 1000));

describe('files', () => {
  const key = bytes(0, 300).map((content) =>
    writeDer((writer) => writer.sequence(() => writer.octetString(content))),
  );
  const certificates = fc.array(
    bytes(0, 300).map((content) => writeDer((writer) => writer.sequence(() => writer.octetString(content)))),
    { minLength: 1, maxLength: 4 },
  );
  const passphrase = fc.string({ unit: 'grapheme', maxLength: 20 });
  const hexes = (list: readonly Uint8Array[]) => list.map(hexOf);
  // Each of these takes a tenth of a second, by design of the key derivation.
  const few = { ...runs, numRuns: 2 };

  it('of PKCS#7 are read as they were written, and written as they were read', () => {
    fc.assert(
      fc.property(certificates, (list) => {
        const file = writePkcs7(list);
        expect(hexes(readPkcs7(file))).toEqual(hexes(list));
        expect(hexOf(writePkcs7(readPkcs7(file)))).toBe(hexOf(file));
      }),
      runs,
    );
  });

  it('of JKS are read as they were written; without keys, and so without salts, they are written as they were read', () => {
    const entries = fc.uniqueArray(
      fc.record({
        alias: fc.stringMatching(/^[a-zäöü€]{1,20}$/u),
        createdAt: seconds,
        privateKeyPkcs8: fc.option(key, { nil: undefined }),
        certificates: certificates.map((list) => list.slice(0, 1)),
      }),
      { selector: ({ alias }) => alias, maxLength: 5 },
    );
    fc.assert(
      fc.property(entries, passphrase, (list, word) => {
        const file = writeJks(list, word);
        const read = readJks(file, word);
        const plain = (entry: (typeof list)[number] | (typeof read)[number]) => ({
          alias: entry.alias,
          createdAt: entry.createdAt,
          key: hexOf(entry.privateKeyPkcs8),
          certificates: hexes(entry.certificates),
        });
        expect(read.map(plain)).toEqual(list.map(plain));
        const trusted = list.map(({ privateKeyPkcs8: _, ...entry }) => entry);
        const store = writeJks(trusted, word);
        expect(hexOf(writeJks(readJks(store, word), word))).toBe(hexOf(store));
      }),
      { ...runs, numRuns: 100 },
    );
  });

  it('of PKCS#12 and PKCS#8 are read as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(key, certificates, passphrase, async (privateKeyPkcs8, list, word) => {
        const file = await writePkcs12({ privateKeyPkcs8, certificates: list, passphrase: word });
        const read = await readPkcs12(file, word);
        expect([hexOf(read.privateKeyPkcs8), hexes(read.certificates)]).toEqual([
          hexOf(privateKeyPkcs8),
          hexes(list),
        ]);
        const opened = await decryptPkcs8(await encryptPkcs8(privateKeyPkcs8, word), word);
        expect(hexOf(opened)).toBe(hexOf(privateKeyPkcs8));
      }),
      few,
    );
  });
});
