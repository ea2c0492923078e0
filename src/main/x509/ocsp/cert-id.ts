/** Which certificate an OCSP message is about (RFC 6960 section 4.1.1). */
import { createHash } from '../../crypto/index.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import type { DerWriter } from '../der/der-writer.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';

export type CertIdHash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

export interface CertId {
  /** undefined where the hash is not known here; such an id fits no certificate. */
  readonly hash: CertIdHash | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** The INTEGER's content. */
  readonly serialNumber: Uint8Array;
  readonly der: Uint8Array;
}

const hashOids: Readonly<Record<CertIdHash, string>> = {
  // SHA-1 here only names an issuer, and most clients know nothing else (RFC 5019 section 2.1.1).
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

const hashes: ReadonlyMap<string, CertIdHash> = new Map(
  Object.entries(hashOids).map(([hash, oid]) => [oid, hash as CertIdHash]),
);

/** Takes the next element as a CertID. */
export function readCertId(reader: DerReader): CertId {
  const id = reader.enter(tags.sequence, 'certificate id');
  const hash = hashes.get(readAlgorithmIdentifier(id, 'hash of the certificate id').oid);
  const issuerNameHash = id.octetString('hash of the issuer name');
  const issuerKeyHash = id.octetString('hash of the issuer key');
  const serialNumber = id.integer('serial number');
  if (serialNumber.length > 21) id.fail('a serial number is longer than 20 bytes');
  id.finish('certificate id');
  return { hash, issuerNameHash, issuerKeyHash, serialNumber, der: id.encoded };
}

export interface CertIdFields {
  readonly hash?: CertIdHash | undefined;
  readonly issuerNameDer: Uint8Array;
  readonly issuerSpki: Uint8Array;
  /** The INTEGER's content. */
  readonly serialNumber: Uint8Array;
}

/** Writes the CertID of a certificate, with SHA-1 unless another hash is given. */
export function writeCertId(writer: DerWriter, { hash = 'sha1', ...fields }: CertIdFields): void {
  writer.sequence(() => {
    writer.sequence(() => writer.objectIdentifier(hashOids[hash]).null());
    writer.octetString(hashOf(hash, fields.issuerNameDer));
    writer.octetString(hashOf(hash, keyBytesOf(fields.issuerSpki)));
    writer.value(tags.integer, fields.serialNumber);
  });
}

/** Whether the id means the certificate with this serial number of this issuer. */
export function isCertIdOf(id: CertId, { issuerNameDer, issuerSpki, serialNumber }: CertIdFields): boolean {
  if (id.hash === undefined || Buffer.compare(id.serialNumber, serialNumber) !== 0) return false;
  return (
    hashOf(id.hash, issuerNameDer).equals(id.issuerNameHash) &&
    hashOf(id.hash, keyBytesOf(issuerSpki)).equals(id.issuerKeyHash)
  );
}

/** The issuer that an id names, as a key for maps; undefined where its hash is not known here. */
export function issuerKeyOf({ hash, issuerNameHash, issuerKeyHash }: CertId): string | undefined {
  return hash && issuerKey(hash, issuerNameHash, issuerKeyHash);
}

/** All the keys by which ids may name this issuer, one for each hash. */
export function issuerKeysOf(issuerNameDer: Uint8Array, issuerSpki: Uint8Array): string[] {
  const keyBytes = keyBytesOf(issuerSpki);
  return [...hashes.values()].map((hash) =>
    issuerKey(hash, hashOf(hash, issuerNameDer), hashOf(hash, keyBytes)),
  );
}

function issuerKey(hash: CertIdHash, nameHash: Uint8Array, keyHash: Uint8Array): string {
  return `${hash} ${Buffer.from(nameHash).toString('hex')} ${Buffer.from(keyHash).toString('hex')}`;
}

/** SHA-1 of the key, by which a responder may name itself (section 4.2.1). */
export function responderKeyHash(spki: Uint8Array): Buffer {
  return hashOf('sha1', keyBytesOf(spki));
}

function hashOf(hash: CertIdHash, bytes: Uint8Array): Buffer {
  return createHash(hash).update(bytes).digest();
}

const spkiFormat: DerFormat = { code: 'INVALID_INPUT', name: 'public key', maxBytes: 65_536 };

/** The content of the key's BIT STRING, without tag, length and count of unused bits. */
function keyBytesOf(spki: Uint8Array): Uint8Array {
  const info = DerReader.open(spki, spkiFormat).enter(tags.sequence, 'public key');
  info.element('public key algorithm');
  return info.bitString('public key value');
}
