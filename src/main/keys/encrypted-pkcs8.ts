import { createCipheriv, pbkdf2, randomBytes } from '../crypto/index.ts';

/** OWASP's count for PBKDF2 with HMAC-SHA-256; OpenSSL's own default of 2048 would be guessed quickly. */
const iterations = 600_000;

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const size = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.of(tag, 0x80 | size.length), size, body]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const octets = (bytes: Uint8Array) => der(0x04, bytes);

/** Object identifiers of RFC 8018 appendix A and C, encoded. */
const oid = {
  pbes2: Buffer.from('06092a864886f70d01050d', 'hex'),
  pbkdf2: Buffer.from('06092a864886f70d01050c', 'hex'),
  hmacWithSha256: Buffer.from('06082a864886f70d0209', 'hex'),
  aes256Cbc: Buffer.from('060960864801650304012a', 'hex'),
};
const none = Buffer.of(0x05, 0x00);

/**
 * EncryptedPrivateKeyInfo (RFC 5958 section 3) in DER by PBES2 (RFC 8018 section 6.2) with PBKDF2-HMAC-SHA-256 and
 * AES-256-CBC. Written out here because Electron's crypto library cannot do it.
 */
export async function encryptPkcs8(pkcs8: Uint8Array, passphrase: string): Promise<Buffer> {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = await new Promise<Buffer>((resolve, reject) => {
    pbkdf2(passphrase, salt, iterations, 32, 'sha256', (error, derived) =>
      error ? reject(error) : resolve(derived),
    );
  });
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const encrypted = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  key.fill(0);
  const count = der(0x02, Buffer.from(iterations.toString(16).padStart(6, '0'), 'hex'));
  const derivation = sequence(oid.pbkdf2, sequence(octets(salt), count, sequence(oid.hmacWithSha256, none)));
  const encryption = sequence(oid.aes256Cbc, octets(iv));
  return sequence(sequence(oid.pbes2, sequence(derivation, encryption)), octets(encrypted));
}
