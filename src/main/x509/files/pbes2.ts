/** Password-based encryption of PKCS#5 v2 (RFC 8018 section 6.2) with PBKDF2 and AES-CBC. */
import { promisify } from 'node:util';
import { ChanceryError } from '../../../shared/errors.ts';
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from '../../crypto/index.ts';
import type { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import type { DerWriter } from '../der/der-writer.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import type { IterationBudget } from './iteration-budget.ts';

const deriveKey = promisify(pbkdf2);

export const pbes2Oid = '1.2.840.113549.1.5.13';
const pbkdf2Oid = '1.2.840.113549.1.5.12';
const hmacSha256Oid = '1.2.840.113549.2.9';
const aes256CbcOid = '2.16.840.1.101.3.4.1.42';

/** What is written; a tenth of a second for who knows the passphrase, and as long for every guess. */
export const writtenIterations = 100_000;

export interface Pbes2Encrypted {
  readonly ciphertext: Uint8Array;
  /** Writes the AlgorithmIdentifier that tells how to decrypt it. */
  readonly writeAlgorithm: (writer: DerWriter) => void;
}

/** Encrypts with AES-256-CBC under a key from PBKDF2-HMAC-SHA-256 with a fresh salt. */
export async function encryptPbes2(plaintext: Uint8Array, passphrase: string): Promise<Pbes2Encrypted> {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = await deriveKey(passphrase, salt, writtenIterations, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  key.fill(0);
  const writeAlgorithm = (writer: DerWriter) => {
    writer.sequence(() => {
      writer.objectIdentifier(pbes2Oid).sequence(() => {
        writer.sequence(() => {
          writer.objectIdentifier(pbkdf2Oid).sequence(() => {
            writer.octetString(salt).integer(writtenIterations);
            writer.sequence(() => writer.objectIdentifier(hmacSha256Oid).null());
          });
        });
        writer.sequence(() => writer.objectIdentifier(aes256CbcOid).octetString(iv));
      });
    });
  };
  return { ciphertext, writeAlgorithm };
}

const pseudoRandomFunctions: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.7', 'sha1'],
  [hmacSha256Oid, 'sha256'],
  ['1.2.840.113549.2.10', 'sha384'],
  ['1.2.840.113549.2.11', 'sha512'],
]);

const ciphers: ReadonlyMap<string, { name: string; keyBytes: number; ivBytes: number }> = new Map([
  ['1.2.840.113549.3.7', { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 }],
  ['2.16.840.1.101.3.4.1.2', { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 }],
  ['2.16.840.1.101.3.4.1.22', { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 }],
  [aes256CbcOid, { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 }],
]);

/**
 * Takes the AlgorithmIdentifier from the reader and decrypts. Throws UNSUPPORTED for other algorithms, the
 * reader's error when it is malformed, INVALID_INPUT when the passphrase does not fit.
 */
export async function decryptPbes2(
  reader: DerReader,
  takeCiphertext: () => Uint8Array,
  passphrase: string,
  budget: IterationBudget,
): Promise<Uint8Array> {
  const algorithm = readAlgorithmIdentifier(reader, 'encryption algorithm');
  if (algorithm.oid !== pbes2Oid) throw unsupported(algorithm.oid);
  const scheme = algorithm.parameters.enter(tags.sequence, 'PBES2 parameters');
  const derivation = readAlgorithmIdentifier(scheme, 'key derivation');
  if (derivation.oid !== pbkdf2Oid) throw unsupported(derivation.oid);
  const { salt, iterations, prf } = readPbkdf2(derivation.parameters);
  const encryption = readAlgorithmIdentifier(scheme, 'cipher');
  const cipher = ciphers.get(encryption.oid);
  if (cipher === undefined) throw unsupported(encryption.oid);
  const iv = encryption.parameters.octetString('initialisation vector');
  if (iv.length !== cipher.ivBytes) scheme.fail(`its initialisation vector has not ${cipher.ivBytes} bytes`);
  const ciphertext = takeCiphertext();
  budget.spend(iterations, reader);

  const key = await deriveKey(passphrase, salt, iterations, cipher.keyBytes, prf);
  try {
    const decipher = createDecipheriv(cipher.name, key, iv);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch (cause) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'The passphrase does not open what is in the file.',
      cause,
    });
  } finally {
    key.fill(0);
  }
}

function readPbkdf2(parameters: DerReader): { salt: Uint8Array; iterations: number; prf: string } {
  const content = parameters.enter(tags.sequence, 'PBKDF2 parameters');
  const salt = content.octetString('PBKDF2 salt');
  const iterations = content.smallInteger('PBKDF2 iterations');
  if (content.peek() === tags.integer) content.smallInteger('PBKDF2 key length');
  // RFC 8018 appendix A.2: HMAC-SHA-1 where nothing is said.
  const oid = content.isEmpty
    ? '1.2.840.113549.2.7'
    : readAlgorithmIdentifier(content, 'PBKDF2 function').oid;
  const prf = pseudoRandomFunctions.get(oid);
  if (prf === undefined) throw unsupported(oid);
  return { salt, iterations, prf };
}

const legacyNames: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.12.1.1', '128-bit RC4'],
  ['1.2.840.113549.1.12.1.2', '40-bit RC4'],
  ['1.2.840.113549.1.5.3', 'DES under MD5'],
  ['1.2.840.113549.1.5.10', 'DES under SHA-1'],
]);

function unsupported(oid: string): ChanceryError {
  return new ChanceryError({
    code: 'UNSUPPORTED',
    detail: `The file is encrypted with ${legacyNames.get(oid) ?? `the algorithm ${oid}`}, which is not read here.`,
    hint: 'Convert it with openssl 3: `openssl pkcs12 -legacy -in old.p12 -nodes | openssl pkcs12 -export -out new.p12`.',
  });
}
