/** Password-based encryption of PKCS#5 v2 (RFC 8018 section 6.2): PBKDF2 and AES-CBC, and scrypt for reading. */
import { promisify } from 'node:util';
import { ChanceryError } from '../../../shared/errors.ts';
import { createCipheriv, createDecipheriv, pbkdf2, randomBytes, scrypt } from '../../crypto/index.ts';
import type { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import type { DerWriter } from '../der/der-writer.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import type { IterationBudget } from './iteration-budget.ts';

const deriveKey = promisify(pbkdf2);
const deriveByScrypt = promisify<string, Uint8Array, number, ScryptCost, Buffer>(scrypt);

const pbes2Oid = '1.2.840.113549.1.5.13';
const pbkdf2Oid = '1.2.840.113549.1.5.12';
const scryptOid = '1.3.6.1.4.1.11591.4.11';
const hmacSha256Oid = '1.2.840.113549.2.9';
const aes256CbcOid = '2.16.840.1.101.3.4.1.42';

/** What is written; a tenth of a second for who knows the passphrase, and as long for every guess. */
export const writtenIterations = 100_000;

export interface Pbes2Encrypted {
  readonly ciphertext: Uint8Array;
  /** Writes the AlgorithmIdentifier that tells how to decrypt it. */
  readonly writeAlgorithm: (writer: DerWriter) => void;
}

/** A key from a passphrase, to be wiped after use. */
export interface Pbes2Key {
  readonly salt: Uint8Array;
  readonly key: Buffer;
}

/** Derives a key by PBKDF2-HMAC-SHA-256 with a fresh salt. */
export async function derivePbes2Key(passphrase: string): Promise<Pbes2Key> {
  const salt = randomBytes(16);
  return { salt, key: await deriveKey(passphrase, salt, writtenIterations, 32, 'sha256') };
}

/** Encrypts with AES-256-CBC under a key of its own from the passphrase. */
export async function encryptPbes2(plaintext: Uint8Array, passphrase: string): Promise<Pbes2Encrypted> {
  const derived = await derivePbes2Key(passphrase);
  const encrypted = encryptUnder(derived, plaintext);
  derived.key.fill(0);
  return encrypted;
}

/** The same under a key that was derived before; any number of texts, each with an initialisation vector of its own. */
export function encryptUnder({ salt, key }: Pbes2Key, plaintext: Uint8Array): Pbes2Encrypted {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
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
  const { rounds, derive } = readDerivation(derivation);
  const encryption = readAlgorithmIdentifier(scheme, 'cipher');
  const cipher = ciphers.get(encryption.oid);
  if (cipher === undefined) throw unsupported(encryption.oid);
  const iv = encryption.parameters.octetString('initialisation vector');
  if (iv.length !== cipher.ivBytes) scheme.fail(`its initialisation vector has not ${cipher.ivBytes} bytes`);
  const ciphertext = takeCiphertext();
  budget.spend(rounds, reader);

  const key = await derive(passphrase, cipher.keyBytes);
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

interface Derivation {
  /** What it costs, to be spent from the file's budget before it is run. */
  readonly rounds: number;
  readonly derive: (passphrase: string, keyBytes: number) => Promise<Buffer>;
}

function readDerivation({ oid, parameters }: AlgorithmIdentifier): Derivation {
  if (oid === pbkdf2Oid) return readPbkdf2(parameters);
  if (oid === scryptOid) return readScrypt(parameters);
  throw unsupported(oid);
}

interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly maxmem: number;
}

/** RFC 7914 section 7. One step over one block takes about as long as a round of PBKDF2; the budget bounds memory, too. */
function readScrypt(parameters: DerReader): Derivation {
  const content = parameters.enter(tags.sequence, 'scrypt parameters');
  const salt = content.octetString('scrypt salt');
  const [N, r, p] = ['cost', 'block size', 'parallelisation'].map((what) =>
    content.smallInteger(`scrypt ${what}`),
  ) as [number, number, number];
  if (N < 2 || !Number.isInteger(Math.log2(N)) || r < 1 || p < 1)
    content.fail('its scrypt parameters are none of RFC 7914');
  const cost = { N, r, p, maxmem: 128 * r * (N + p + 4) };
  return {
    rounds: N * r * p,
    derive: (passphrase, keyBytes) => deriveByScrypt(passphrase, salt, keyBytes, cost),
  };
}

function readPbkdf2(parameters: DerReader): Derivation {
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
  return {
    rounds: iterations,
    derive: (passphrase, keyBytes) => deriveKey(passphrase, salt, iterations, keyBytes, prf),
  };
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
