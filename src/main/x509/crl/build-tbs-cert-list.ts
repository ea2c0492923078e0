/**
 * Builds CRLs in frames: what stands before and behind the entries, which may be a million and are kept encoded.
 */
import { ChanceryError } from '../../../shared/errors.ts';
import { writeSerialNumber } from '../certificate/serial-number.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { writeGeneralizedTime, writeTime } from '../der/der-time.ts';
import { type DerWriter, derHeader, writeDer } from '../der/der-writer.ts';
import {
  writeAuthorityKeyIdentifier,
  writeDistributionPoint,
  writeDistributionPointName,
  writeExtension,
} from '../extensions/write-extensions.ts';
import { type SignatureAlgorithm, signatureAlgorithmIdentifiers } from '../public-key/signature-algorithm.ts';
import type { CrlReason } from './reason-flags.ts';

export interface RevokedCertificate {
  readonly serialNumber: Uint8Array;
  readonly revokedAt: Date;
  readonly reason?: CrlReason | undefined;
  /** Since when the key is known or thought to be compromised. */
  readonly invalidityDate?: Date | undefined;
}

export interface CertListFields {
  readonly signatureAlgorithm: SignatureAlgorithm;
  readonly issuerDer: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Rises with every CRL of the issuer, RFC 5280 section 5.2.3. */
  readonly crlNumber: bigint | number;
  readonly authorityKeyIdentifier: Uint8Array;
  /** Of a delta CRL: the number of the complete one that it continues (section 5.2.4). */
  readonly baseCrlNumber?: bigint | number | undefined;
  /** Of a shard: the names of the point whose certificates it is about (section 5.2.5). */
  readonly distributionPoint?: readonly string[] | undefined;
  /** Where its delta CRL is found (section 5.2.6). */
  readonly freshestCrl?: readonly string[] | undefined;
}

/** DER in front of the entries and behind them. */
export interface CrlFrame {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** CRLReason, RFC 5280 section 5.3.1. */
const reasonCodes: Readonly<Record<CrlReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
};

/** The frame of a TBSCertList v2 (RFC 5280 section 5.1.2) around entries from encodeRevoked of so many bytes in all. */
export function frameTbsCertList(fields: CertListFields, entriesBytes: number): CrlFrame {
  const { thisUpdate, nextUpdate, baseCrlNumber } = fields;
  if (!(nextUpdate.getTime() > thisUpdate.getTime()))
    throw invalid('A CRL cannot be due again before it is made.');
  requireNumber(fields.crlNumber);
  if (baseCrlNumber !== undefined) {
    requireNumber(baseCrlNumber);
    if (!(baseCrlNumber < fields.crlNumber)) throw invalid('A delta CRL comes after its base.');
  }
  const front = writeDer((writer) => {
    writer.integer(1).raw(signatureAlgorithmIdentifiers[fields.signatureAlgorithm]).raw(fields.issuerDer);
    writeTime(writer, thisUpdate);
    writeTime(writer, nextUpdate);
  });
  // Section 5.1.2.6: without entries the list must be absent.
  const list = entriesBytes === 0 ? new Uint8Array() : derHeader(tags.sequence, entriesBytes);
  const tail = writeDer((writer) =>
    writer.group(contextGroup(0), () => writer.sequence(() => writeCrlExtensions(writer, fields))),
  );
  const bytes = front.length + list.length + entriesBytes + tail.length;
  return { head: Buffer.concat([derHeader(tags.sequence, bytes), front, list]), tail };
}

/** The frame of the signed CRL around the same entries. */
export function frameSignedCrl(
  { head, tail }: CrlFrame,
  entriesBytes: number,
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
): CrlFrame {
  const behind = writeDer((writer) =>
    writer.raw(tail).raw(signatureAlgorithmIdentifiers[algorithm]).bitString(signature),
  );
  const bytes = head.length + entriesBytes + behind.length;
  return { head: Buffer.concat([derHeader(tags.sequence, bytes), head]), tail: behind };
}

/** DER of a whole TBSCertList, in time linear in the number of entries. */
export function buildTbsCertList(fields: CertListFields, revoked: Iterable<RevokedCertificate>): Uint8Array {
  const entries = encodeRevoked(revoked);
  const { head, tail } = frameTbsCertList(fields, entries.length);
  return Buffer.concat([head, entries, tail]);
}

function writeCrlExtensions(writer: DerWriter, fields: CertListFields): void {
  const { baseCrlNumber, distributionPoint, freshestCrl } = fields;
  writeAuthorityKeyIdentifier(writer, fields.authorityKeyIdentifier);
  writeExtension(writer, 'cRLNumber', false, () => writer.integer(fields.crlNumber));
  if (baseCrlNumber !== undefined)
    writeExtension(writer, 'deltaCRLIndicator', true, () => writer.integer(baseCrlNumber));
  if (distributionPoint?.length) {
    writeExtension(writer, 'issuingDistributionPoint', true, () =>
      writer.sequence(() => writeDistributionPointName(writer, distributionPoint)),
    );
  }
  if (freshestCrl?.length)
    writeExtension(writer, 'freshestCRL', false, () => writeDistributionPoint(writer, freshestCrl));
}

function requireNumber(crlNumber: bigint | number): void {
  if (!(crlNumber >= 0 && crlNumber < 2n ** 159n)) throw invalid('A CRL number is from 0 to 2^159 - 1.');
}

/** The DER of entries one behind the other, to be put into CRLs as they are. */
export function encodeRevoked(revoked: Iterable<RevokedCertificate>): Uint8Array {
  return writeDer((writer) => {
    for (const entry of revoked) writeEntry(writer, entry);
  }, 4096);
}

function writeEntry(
  writer: DerWriter,
  { serialNumber, revokedAt, reason, invalidityDate }: RevokedCertificate,
): void {
  writer.sequence(() => {
    writeSerialNumber(writer, serialNumber);
    writeTime(writer, revokedAt);
    // Section 5.3.1: the code unspecified is not written.
    const code = reason === undefined ? 0 : reasonCodes[reason];
    writer.groupUnlessEmpty(tags.sequence, () => {
      if (code !== 0)
        writeExtension(writer, 'reasonCode', false, () => writer.integer(code, tags.enumerated));
      if (invalidityDate !== undefined) {
        writeExtension(writer, 'invalidityDate', false, () => writeGeneralizedTime(writer, invalidityDate));
      }
    });
  });
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
