/** The integrity of PKCS#12 by a passphrase: HMAC under a key of its own derivation (RFC 7292 appendix B). */
import { createHmac } from '../../crypto/index.ts';
import { derivePkcs12, type Pkcs12Hash, pkcs12Purposes } from './pkcs12-derivation.ts';

export type MacHash = Pkcs12Hash;

const macKeyBytes: Readonly<Record<MacHash, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** The MAC over the content of the AuthenticatedSafe; the password is one of pkcs12Passwords. */
export async function pkcs12Mac(
  hash: MacHash,
  content: Uint8Array,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
): Promise<Buffer> {
  const key = await derivePkcs12MacKey(hash, password, salt, iterations);
  const mac = createHmac(hash, key).update(content).digest();
  key.fill(0);
  return mac;
}

/** The key of that MAC, to be wiped after use. */
export function derivePkcs12MacKey(
  hash: MacHash,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
): Promise<Buffer> {
  return derivePkcs12(hash, pkcs12Purposes.mac, password, { salt, iterations }, macKeyBytes[hash]);
}
