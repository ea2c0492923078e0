/** What a passphrase decrypts in PKCS#8 and PKCS#12, by the algorithm that stands before it. */
import { ChanceryError } from '../../../shared/errors.ts';
import { createDecipheriv } from '../../crypto/index.ts';
import type { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import type { IterationBudget } from './iteration-budget.ts';
import { decryptPbes2 } from './pbes2.ts';
import { derivePkcs12, pkcs12Purposes } from './pkcs12-derivation.ts';
import { decryptRc2Cbc } from './rc2.ts';

/** What opens the parts of one file. */
export interface Unlocking {
  readonly passphrase: string;
  /** The passphrase as PKCS#12 derives keys from it, one of pkcs12Passwords. */
  readonly password: Uint8Array;
  /** What is left of the work that the file may ask for. */
  readonly budget: IterationBudget;
}

interface LegacyCipher {
  readonly keyBytes: number;
  readonly decrypt: (ciphertext: Uint8Array, key: Buffer, iv: Buffer) => Uint8Array | undefined;
}

function tripleDes(ciphertext: Uint8Array, key: Buffer, iv: Buffer): Uint8Array | undefined {
  try {
    const decipher = createDecipheriv('des-ede3-cbc', key, iv);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** RFC 7292 appendix C, without RC4, which no software made by default. */
const legacyCiphers: ReadonlyMap<string, LegacyCipher> = new Map<string, LegacyCipher>([
  ['1.2.840.113549.1.12.1.3', { keyBytes: 24, decrypt: tripleDes }],
  [
    '1.2.840.113549.1.12.1.4',
    {
      keyBytes: 16,
      // Two keys: the first one comes again as the third.
      decrypt: (ciphertext, key, iv) => tripleDes(ciphertext, Buffer.concat([key, key.subarray(0, 8)]), iv),
    },
  ],
  ['1.2.840.113549.1.12.1.5', { keyBytes: 16, decrypt: decryptRc2Cbc }],
  ['1.2.840.113549.1.12.1.6', { keyBytes: 5, decrypt: decryptRc2Cbc }],
]);

/**
 * Takes the AlgorithmIdentifier from the reader and decrypts with PBES2 or, for reading old files, with the
 * ciphers of PKCS#12 itself. Throws UNSUPPORTED for other algorithms, the reader's error when it is malformed,
 * INVALID_INPUT when the passphrase does not fit.
 */
export async function decryptWithPassphrase(
  reader: DerReader,
  takeCiphertext: () => Uint8Array,
  { passphrase, password, budget }: Unlocking,
): Promise<Uint8Array> {
  const { oid, parameters } = readAlgorithmIdentifier(reader.fork(), 'encryption algorithm');
  const cipher = legacyCiphers.get(oid);
  if (cipher === undefined) return decryptPbes2(reader, takeCiphertext, passphrase, budget);
  reader.element('encryption algorithm');
  const fields = parameters.enter(tags.sequence, 'encryption parameters');
  const salt = fields.octetString('salt');
  const iterations = fields.smallInteger('iterations');
  fields.finish('the encryption parameters');
  // The key may take two hashes and the initialisation vector another.
  budget.spend(iterations * 3, reader);
  const ciphertext = takeCiphertext();
  const how = { salt, iterations };
  const key = await derivePkcs12('sha1', pkcs12Purposes.key, password, how, cipher.keyBytes);
  const iv = await derivePkcs12('sha1', pkcs12Purposes.iv, password, how, 8);
  const plaintext = cipher.decrypt(ciphertext, key, iv);
  key.fill(0);
  if (plaintext !== undefined) return plaintext;
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: 'The passphrase does not open what is in the file.',
    violations: [{ path: ['passphrase'], rule: 'passphrase.wrong', message: 'The passphrase does not fit.' }],
  });
}
