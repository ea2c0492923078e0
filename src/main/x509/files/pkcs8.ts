/** Encrypted private keys, PKCS#8 (RFC 5958 section 3): the key passes through, and is never kept. */
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';
import { decryptWithPassphrase } from './decrypt-with-passphrase.ts';
import { IterationBudget } from './iteration-budget.ts';
import { encryptPbes2 } from './pbes2.ts';
import { pkcs12Passwords } from './pkcs12-derivation.ts';

const format: DerFormat = { code: 'INVALID_INPUT', name: 'encrypted private key', maxBytes: 1024 * 1024 };

/** DER of the EncryptedPrivateKeyInfo: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC. */
export async function encryptPkcs8(privateKeyPkcs8: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const { ciphertext, writeAlgorithm } = await encryptPbes2(privateKeyPkcs8, passphrase);
  return writeDer((writer) => {
    writer.sequence(() => {
      writeAlgorithm(writer);
      writer.octetString(ciphertext);
    });
  });
}

/**
 * DER of the unencrypted PKCS#8. Throws INVALID_INPUT when the file is malformed or the passphrase is wrong,
 * UNSUPPORTED for an algorithm that is not read here.
 */
export async function decryptPkcs8(
  der: Uint8Array,
  passphrase: string,
  budget = new IterationBudget(),
): Promise<Uint8Array> {
  const root = DerReader.open(der, format);
  const file = root.enter(tags.sequence, 'encrypted private key');
  root.finish('the encrypted private key');
  file.checkStructure();
  const takeCiphertext = () => file.octetString('encrypted private key');
  const [password = new Uint8Array()] = pkcs12Passwords(passphrase);
  const plaintext = await decryptWithPassphrase(file, takeCiphertext, { passphrase, password, budget });
  // A wrong passphrase leaves a true padding behind once in 256 times.
  const key = DerReader.open(plaintext, format);
  key.enter(tags.sequence, 'decrypted private key (is the passphrase right?)');
  key.finish('the decrypted private key');
  return plaintext;
}
