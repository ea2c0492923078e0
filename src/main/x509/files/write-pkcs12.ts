/** Writes PKCS#12 (RFC 7292) with today's algorithms: PBES2, PBKDF2-HMAC-SHA-256, AES-256-CBC, MAC with SHA-256. */
import { createHmac, randomBytes, sha256 } from '../../crypto/index.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { type DerWriter, writeDer } from '../der/der-writer.ts';
import { derivePbes2Key, encryptUnder, type Pbes2Key, writtenIterations } from './pbes2.ts';
import { pkcs12Passwords } from './pkcs12-derivation.ts';
import { derivePkcs12MacKey } from './pkcs12-mac.ts';
import { pkcs12Oids } from './pkcs12-oids.ts';

export interface Pkcs12Contents {
  /** DER of the unencrypted PKCS#8; without one the file holds certificates only. */
  readonly privateKeyPkcs8?: Uint8Array | undefined;
  /** DER, the certificate of the key first. */
  readonly certificates: readonly Uint8Array[];
  readonly passphrase: string;
  /** The name that key stores show for the entry. */
  readonly friendlyName?: string | undefined;
}

type Contents = Omit<Pkcs12Contents, 'passphrase'>;

/** What a passphrase opens: for many files under one, derived once. Wipe it when they are written. */
export interface Pkcs12Keys {
  readonly encryption: Pbes2Key;
  readonly mac: Pbes2Key;
}

/** Takes some tenths of a second, by design of the key derivation. */
export async function derivePkcs12Keys(passphrase: string): Promise<Pkcs12Keys> {
  const salt = randomBytes(16);
  const [password = new Uint8Array()] = pkcs12Passwords(passphrase);
  return {
    encryption: await derivePbes2Key(passphrase),
    mac: { salt, key: await derivePkcs12MacKey('sha256', password, salt, writtenIterations) },
  };
}

/** Nothing can be written under the keys afterwards. */
export function wipePkcs12Keys({ encryption, mac }: Pkcs12Keys): void {
  encryption.key.fill(0);
  mac.key.fill(0);
}

/** DER of a PKCS#12 file under a passphrase; takes as long as deriving the keys does. */
export async function writePkcs12({ passphrase, ...contents }: Pkcs12Contents): Promise<Uint8Array> {
  const keys = await derivePkcs12Keys(passphrase);
  const der = writePkcs12Under(keys, contents);
  wipePkcs12Keys(keys);
  return der;
}

/** DER of a PKCS#12 file under keys that were derived before. */
export function writePkcs12Under({ encryption, mac }: Pkcs12Keys, contents: Contents): Uint8Array {
  const { privateKeyPkcs8, certificates } = contents;
  const parts: Uint8Array[] = [];
  if (certificates.length > 0) parts.push(encryptedPart(certificateBags(contents), encryption));
  if (privateKeyPkcs8 !== undefined) parts.push(keyPart(privateKeyPkcs8, contents, encryption));
  const safe = writeDer((writer) => {
    writer.sequence(() => {
      for (const part of parts) writer.raw(part);
    });
  });
  const code = createHmac('sha256', mac.key).update(safe).digest();
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.integer(3);
      writeData(writer, safe);
      writer.sequence(() => {
        writer.sequence(() => {
          writer.sequence(() => writer.objectIdentifier('2.16.840.1.101.3.4.2.1').null());
          writer.octetString(code);
        });
        writer.octetString(mac.salt).integer(writtenIterations);
      });
    });
  }, safe.length + 256);
}

function certificateBags(contents: Contents): Uint8Array {
  return writeDer((writer) => {
    writer.sequence(() => {
      for (const [index, certificate] of contents.certificates.entries()) {
        writeBag(writer, pkcs12Oids.certBag, index === 0 ? contents : undefined, () => {
          writer.sequence(() => {
            writer.objectIdentifier(pkcs12Oids.x509Certificate);
            writer.group(contextGroup(0), () => writer.octetString(certificate));
          });
        });
      }
    });
  }, 4096);
}

function encryptedPart(safeContents: Uint8Array, key: Pbes2Key): Uint8Array {
  const { ciphertext, writeAlgorithm } = encryptUnder(key, safeContents);
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.objectIdentifier(pkcs12Oids.encryptedData).group(contextGroup(0), () => {
        writer.sequence(() => {
          writer.integer(0).sequence(() => {
            writer.objectIdentifier(pkcs12Oids.data);
            writeAlgorithm(writer);
            writer.value(contextValue(0), ciphertext);
          });
        });
      });
    });
  });
}

function keyPart(privateKeyPkcs8: Uint8Array, contents: Contents, key: Pbes2Key): Uint8Array {
  const { ciphertext, writeAlgorithm } = encryptUnder(key, privateKeyPkcs8);
  const bags = writeDer((writer) => {
    writer.sequence(() => {
      writeBag(writer, pkcs12Oids.shroudedKeyBag, contents, () => {
        writer.sequence(() => {
          writeAlgorithm(writer);
          writer.octetString(ciphertext);
        });
      });
    });
  });
  return writeDer((writer) => writeData(writer, bags));
}

/** ContentInfo of the type data, RFC 5652 section 4. */
function writeData(writer: DerWriter, content: Uint8Array): void {
  writer.sequence(() => {
    writer.objectIdentifier(pkcs12Oids.data).group(contextGroup(0), () => writer.octetString(content));
  });
}

/** SafeBag (section 4.2); the key and its certificate carry the same localKeyId, by which readers join them. */
function writeBag(writer: DerWriter, oid: string, entry: Contents | undefined, writeValue: () => void): void {
  writer.sequence(() => {
    writer.objectIdentifier(oid).group(contextGroup(0), writeValue);
    writer.groupUnlessEmpty(tags.set, () => {
      const leaf = entry?.certificates[0];
      if (entry?.friendlyName) {
        const name = Buffer.from(entry.friendlyName, 'utf16le').swap16();
        writeAttribute(writer, pkcs12Oids.friendlyName, () => writer.value(tags.bmpString, name));
      }
      if (entry?.privateKeyPkcs8 && leaf) {
        writeAttribute(writer, pkcs12Oids.localKeyId, () => writer.octetString(sha256(leaf).subarray(0, 20)));
      }
    });
  });
}

function writeAttribute(writer: DerWriter, oid: string, writeValue: () => void): void {
  writer.sequence(() => {
    writer.objectIdentifier(oid).group(tags.set, writeValue);
  });
}
