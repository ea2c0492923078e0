/**
 * Java key stores of the type JKS, as keytool made them until Java 8. Their protection is weak by today's
 * measure (SHA-1 in one round), so that PKCS#12 is the better form wherever Java 8u301 or later reads the file.
 */
import { ChanceryError } from '../../../shared/errors.ts';
import { createHash, timingSafeEqual } from '../../crypto/index.ts';
import { ByteCursor, bigEndian, lengthPrefixed } from './byte-cursor.ts';
import { protectJksKey, recoverJksKey } from './jks-key.ts';
import { decodeModifiedUtf8, encodeModifiedUtf8 } from './modified-utf8.ts';

export const jksMagic = 0xfeedfeed;
export const jceksMagic = 0xcececece;

export interface JksEntry {
  readonly alias: string;
  readonly createdAt: Date;
  /** DER of the unencrypted PKCS#8; absent for a trusted certificate. */
  readonly privateKeyPkcs8?: Uint8Array | undefined;
  /** DER: the chain of the key, its own certificate first, or the one trusted certificate. */
  readonly certificates: readonly Uint8Array[];
}

/** An entry as it stands in the file, readable without its passphrase. */
export interface JksListing {
  readonly alias: string;
  readonly createdAt: Date;
  /** DER of the EncryptedPrivateKeyInfo; undefined for a trusted certificate. */
  readonly encryptedKey: Uint8Array | undefined;
  readonly certificates: readonly Uint8Array[];
}

const maxBytes = 16 * 1024 * 1024;
const keyTag = 1;
const trustedTag = 2;
const digestBytes = 20;

/** What a store holds, without proof that it is unaltered. Throws INVALID_INPUT when it is malformed. */
export function listJks(bytes: Uint8Array): JksListing[] {
  const body = bytes.subarray(0, Math.max(bytes.length - digestBytes, 0));
  const cursor = new ByteCursor(body, 'Java key store');
  if (bytes.length > maxBytes) cursor.fail('it is larger than 16 MiB');
  if (cursor.number(4) !== jksMagic) cursor.fail('it does not begin as one of the type JKS');
  const version = cursor.number(4);
  if (version !== 1 && version !== 2) cursor.fail(`its version is ${version}`);
  const count = cursor.number(4);
  const entries: JksListing[] = [];
  while (entries.length < count) entries.push(readEntry(cursor, version));
  if (!cursor.isEmpty) cursor.fail('bytes are left behind the last entry');
  return entries;
}

function readEntry(cursor: ByteCursor, version: number): JksListing {
  const tag = cursor.number(4);
  if (tag !== keyTag && tag !== trustedTag) cursor.fail(`an entry is of the kind ${tag}`);
  const alias = readText(cursor);
  const createdAt = cursor.time();
  const encryptedKey = tag === keyTag ? cursor.field(4) : undefined;
  const count = tag === keyTag ? cursor.number(4) : 1;
  const certificates: Uint8Array[] = [];
  while (certificates.length < count) {
    if (version === 2 && !['X.509', 'X509'].includes(readText(cursor)))
      cursor.fail('a certificate is not of X.509');
    certificates.push(cursor.field(4));
  }
  return { alias, createdAt, encryptedKey, certificates };
}

function readText(cursor: ByteCursor): string {
  return decodeModifiedUtf8(cursor.field(2)) ?? cursor.fail('a text is not in modified UTF-8');
}

/**
 * Opens a store once its digest has been verified. Throws INVALID_INPUT when it is malformed or a passphrase
 * is wrong, UNSUPPORTED for keys that are protected in another way.
 *
 * @param keyPassphrase of the keys, where it is not that of the store.
 */
export function readJks(bytes: Uint8Array, passphrase: string, keyPassphrase = passphrase): JksEntry[] {
  const listed = listJks(bytes);
  const end = bytes.length - digestBytes;
  const digest = storeDigest(bytes.subarray(0, end), passphrase);
  if (!timingSafeEqual(digest, bytes.subarray(end))) throw wrongPassphrase();
  return listed.map(({ encryptedKey, ...entry }) => {
    if (encryptedKey === undefined) return entry;
    const privateKeyPkcs8 = recoverJksKey(encryptedKey, keyPassphrase);
    if (privateKeyPkcs8 === undefined) throw wrongPassphrase();
    return { ...entry, privateKeyPkcs8 };
  });
}

/** A store of version 2. Throws INVALID_INPUT for two entries of one alias, which Java compares in lower case. */
export function writeJks(entries: readonly JksEntry[], passphrase: string): Uint8Array {
  const aliases = new Set(entries.map(({ alias }) => alias.toLowerCase()));
  if (aliases.size < entries.length) throw invalid('Two entries have the same alias.');
  const body = Buffer.concat([
    bigEndian(jksMagic, 4),
    bigEndian(2, 4),
    bigEndian(entries.length, 4),
    ...entries.flatMap((entry) => writeEntry(entry, passphrase)),
  ]);
  return Uint8Array.from(Buffer.concat([body, storeDigest(body, passphrase)]));
}

function writeEntry(
  { alias, createdAt, privateKeyPkcs8, certificates }: JksEntry,
  passphrase: string,
): Buffer[] {
  if (privateKeyPkcs8 === undefined && certificates.length !== 1)
    throw invalid(`The entry '${alias.slice(0, 64)}' has no key, and not exactly one certificate.`);
  const time = Buffer.alloc(8);
  time.writeBigInt64BE(BigInt(createdAt.getTime()));
  const head = [writeText(alias.toLowerCase()), time];
  const chain = certificates.flatMap((der) => [writeText('X.509'), lengthPrefixed(der, 4)]);
  if (privateKeyPkcs8 === undefined) return [bigEndian(trustedTag, 4), ...head, ...chain];
  const key = lengthPrefixed(protectJksKey(privateKeyPkcs8, passphrase), 4);
  return [bigEndian(keyTag, 4), ...head, key, bigEndian(certificates.length, 4), ...chain];
}

function writeText(text: string): Buffer {
  const bytes = encodeModifiedUtf8(text);
  if (bytes.length > 0xffff) throw invalid('An alias is too long for a Java key store.');
  return lengthPrefixed(bytes, 2);
}

/** The digest of sun.security.provider.JavaKeyStore, with the words that its authors put in. */
function storeDigest(body: Uint8Array, passphrase: string): Buffer {
  const password = Buffer.from(passphrase, 'utf16le').swap16();
  return createHash('sha1').update(password).update('Mighty Aphrodite').update(body).digest();
}

function wrongPassphrase(): ChanceryError {
  const detail = 'The passphrase does not open the file, or the file was altered.';
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail,
    violations: [{ path: ['passphrase'], rule: 'passphrase.wrong', message: detail }],
  });
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
