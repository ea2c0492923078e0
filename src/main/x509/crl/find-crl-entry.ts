/** Looks things up in CRLs that were read: one serial number, or all entries in turn. */
import { DerReader } from '../der/der-reader.ts';
import { readTime } from '../der/der-time.ts';
import { type EntryExtensions, readEntryExtensions } from './entry-extensions.ts';
import { EntryScanner } from './entry-scanner.ts';
import { crlFormat, type ParsedCrl } from './parse-crl.ts';
import type { CrlReason } from './reason-flags.ts';

export interface CrlEntry {
  /** Two's complement, big-endian, as in the certificate. */
  readonly serialNumber: Uint8Array;
  readonly revokedAt: Date;
  readonly reason: CrlReason | undefined;
  readonly invalidityDate: Date | undefined;
  /** The key of the name (canonicalKeyOf) of who issued the certificate. */
  readonly issuerKey: string;
}

/** All entries in order, each made when it is asked for. */
export function* crlEntries(crl: ParsedCrl): Generator<CrlEntry> {
  const scanner = scannerOf(crl);
  let issuerKey = crl.issuer.key;
  while (scanner.next()) {
    const extensions = readEntryExtensions(scanner);
    issuerKey = issuerOf(crl, extensions, issuerKey);
    yield entryAt(crl, scanner, extensions, issuerKey);
  }
}

/**
 * The last entry for the serial number (the INTEGER's content) of the issuer with that name, or undefined. Time
 * is linear in the CRL; without an indirect CRL only the entry found is looked at closer.
 */
export function findCrlEntry(crl: ParsedCrl, serial: Uint8Array, issuerKey: string): CrlEntry | undefined {
  const isIndirect = crl.issuingDistributionPoint?.indirectCRL === true;
  if (!isIndirect && issuerKey !== crl.issuer.key) return undefined;
  const scanner = scannerOf(crl);
  let currentIssuer = crl.issuer.key;
  let found: CrlEntry | undefined;
  while (scanner.next()) {
    const isThis = scanner.serialEquals(serial);
    if (!isThis && (!isIndirect || !scanner.hasExtensions)) continue;
    const extensions = readEntryExtensions(scanner);
    currentIssuer = issuerOf(crl, extensions, currentIssuer);
    if (isThis && currentIssuer === issuerKey) found = entryAt(crl, scanner, extensions, currentIssuer);
  }
  return found;
}

function scannerOf({ der, entriesStart, entriesEnd }: ParsedCrl): EntryScanner {
  return new EntryScanner(DerReader.open(der, crlFormat), entriesStart, entriesEnd);
}

/** Section 5.3.3: an entry without certificateIssuer is about the same issuer as the one before. */
function issuerOf(crl: ParsedCrl, { issuerKey }: EntryExtensions, before: string): string {
  const isIndirect = crl.issuingDistributionPoint?.indirectCRL === true;
  return issuerKey !== undefined && isIndirect ? issuerKey : before;
}

function entryAt(
  crl: ParsedCrl,
  scanner: EntryScanner,
  { reason, invalidityDate }: EntryExtensions,
  issuerKey: string,
): CrlEntry {
  return {
    serialNumber: crl.der.subarray(scanner.serialStart, scanner.serialEnd),
    revokedAt: readTime(scanner.readerAt(scanner.dateStart), 'the date of an entry'),
    reason,
    invalidityDate,
    issuerKey,
  };
}
