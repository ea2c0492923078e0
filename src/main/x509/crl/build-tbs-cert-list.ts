/** Builds the part of a CRL that is signed. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { RevocationReason } from '../../../shared/model/names.ts';
import { writeSerialNumber } from '../certificate/serial-number.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { writeGeneralizedTime, writeTime } from '../der/der-time.ts';
import { type DerWriter, writeDer } from '../der/der-writer.ts';
import { writeAuthorityKeyIdentifier, writeExtension } from '../extensions/write-extensions.ts';
import { type SignatureAlgorithm, signatureAlgorithmIdentifiers } from '../public-key/signature-algorithm.ts';

export interface RevokedCertificate {
  readonly serialNumber: Uint8Array;
  readonly revokedAt: Date;
  readonly reason?: RevocationReason | undefined;
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
  readonly revoked: Iterable<RevokedCertificate>;
  /** Entries from encodeRevoked, which come before those. */
  readonly encodedEntries?: readonly Uint8Array[];
}

/** CRLReason, RFC 5280 section 5.3.1. */
const reasonCodes: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
};

/** DER of a TBSCertList v2 (RFC 5280 section 5.1.2), in time linear in the number of entries. */
export function buildTbsCertList(fields: CertListFields): Uint8Array {
  const { crlNumber, thisUpdate, nextUpdate } = fields;
  if (!(nextUpdate.getTime() > thisUpdate.getTime()))
    throw invalid('A CRL cannot be due again before it is made.');
  if (!(crlNumber >= 0 && crlNumber < 2n ** 159n)) throw invalid('A CRL number is from 0 to 2^159 - 1.');
  const { encodedEntries = [] } = fields;
  const encodedBytes = encodedEntries.reduce((sum, { length }) => sum + length, 0);
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.integer(1).raw(signatureAlgorithmIdentifiers[fields.signatureAlgorithm]).raw(fields.issuerDer);
      writeTime(writer, thisUpdate);
      writeTime(writer, nextUpdate);
      // Section 5.1.2.6: without entries the list must be absent.
      writer.groupUnlessEmpty(tags.sequence, () => {
        for (const encoded of encodedEntries) writer.raw(encoded);
        for (const entry of fields.revoked) writeEntry(writer, entry);
      });
      writer.group(contextGroup(0), () => {
        writer.sequence(() => {
          writeAuthorityKeyIdentifier(writer, fields.authorityKeyIdentifier);
          writeExtension(writer, 'cRLNumber', false, () => writer.integer(crlNumber));
        });
      });
    });
  }, encodedBytes + 4096);
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
