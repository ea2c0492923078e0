/** How JKS protects a private key: a stream of SHA-1 digests from the passphrase (sun.security.provider.KeyProtector). */
import { ChanceryError } from '../../../shared/errors.ts';
import { createHash, randomBytes, timingSafeEqual } from '../../crypto/index.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';

const keyProtectorOid = '1.3.6.1.4.1.42.2.17.1.1';
const format: DerFormat = { code: 'INVALID_INPUT', name: 'key in the key store', maxBytes: 1024 * 1024 };
const saltBytes = 20;
const digestBytes = 20;

/** DER of the unencrypted PKCS#8, or undefined when the passphrase does not fit. */
export function recoverJksKey(encrypted: Uint8Array, passphrase: string): Uint8Array | undefined {
  const root = DerReader.open(encrypted, format);
  const info = root.enter(tags.sequence, 'encrypted private key');
  root.finish('the encrypted private key');
  const { oid } = readAlgorithmIdentifier(info, 'key protection');
  if (oid !== keyProtectorOid) {
    throw new ChanceryError({
      code: 'UNSUPPORTED',
      detail: `The key is protected with the algorithm ${oid}, which is not read here.`,
      hint: 'Convert the store with keytool -importkeystore -deststoretype PKCS12.',
    });
  }
  const content = info.octetString('encrypted private key');
  info.finish('the encrypted private key');
  if (content.length < saltBytes + digestBytes) return undefined;
  const password = Buffer.from(passphrase, 'utf16le').swap16();
  const key = xorStream(content.subarray(saltBytes, -digestBytes), password, content.subarray(0, saltBytes));
  const check = createHash('sha1').update(password).update(key).digest();
  return timingSafeEqual(check, content.subarray(-digestBytes)) ? key : undefined;
}

/** DER of the EncryptedPrivateKeyInfo, with a fresh salt. */
export function protectJksKey(privateKeyPkcs8: Uint8Array, passphrase: string): Uint8Array {
  const password = Buffer.from(passphrase, 'utf16le').swap16();
  const salt = randomBytes(saltBytes);
  const check = createHash('sha1').update(password).update(privateKeyPkcs8).digest();
  const content = Buffer.concat([salt, xorStream(privateKeyPkcs8, password, salt), check]);
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.sequence(() => writer.objectIdentifier(keyProtectorOid).null()).octetString(content);
    });
  });
}

function xorStream(data: Uint8Array, password: Uint8Array, salt: Uint8Array): Uint8Array {
  const result = new Uint8Array(data.length);
  let digest: Uint8Array = salt;
  for (let start = 0; start < data.length; start += digestBytes) {
    digest = createHash('sha1').update(password).update(digest).digest();
    for (let i = start; i < Math.min(start + digestBytes, data.length); i++) {
      result[i] = (data[i] as number) ^ (digest[i - start] as number);
    }
  }
  return result;
}
