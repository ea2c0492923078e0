/** Reads the extensions of one CRL entry (RFC 5280 section 5.3). */
import { tags } from '../der/der-tags.ts';
import { readTime } from '../der/der-time.ts';
import { extensionOids } from '../extensions/extension-oids.ts';
import { type Extension, readExtensions } from '../extensions/read-extensions.ts';
import { readPathNames } from '../names/path-name.ts';
import type { EntryScanner } from './entry-scanner.ts';
import { type CrlReason, crlReasons } from './reason-flags.ts';

export interface EntryExtensions {
  readonly reason?: CrlReason;
  readonly invalidityDate?: Date;
  /** Whose certificate this entry and those after it are about, in an indirect CRL: a canonicalKey (section 5.3.3). */
  readonly issuerKey?: string;
  /** A critical extension that is not known here: the CRL must not be used (section 5.3). */
  readonly unknownCriticalOid?: string;
}

const certificateIssuerOid = '2.5.29.29';

/** The extensions of the scanner's current entry; throws the CRL's error when they are malformed. */
export function readEntryExtensions(entry: EntryScanner): EntryExtensions {
  if (!entry.hasExtensions) return {};
  const plain = crlReasons.get(entry.plainReasonCode);
  if (plain !== undefined) return { reason: plain };
  const reader = entry.readerAt(entry.extensionsStart);
  const extensions = readExtensions(reader);
  if (reader.position !== entry.entryEnd) reader.fail('an entry does not end with its extensions');
  return Object.assign({}, ...extensions.map(readEntryExtension));
}

function readEntryExtension({ oid, critical, reader }: Extension): EntryExtensions {
  const value = reader();
  switch (oid) {
    case extensionOids.reasonCode: {
      const reason = crlReasons.get(value.smallInteger('reasonCode', tags.enumerated));
      value.finish('reasonCode');
      return { reason: reason ?? value.fail('a reason is none of RFC 5280') };
    }
    case extensionOids.invalidityDate: {
      if (value.peek() !== tags.generalizedTime) value.fail('an invalidityDate is not a GeneralizedTime');
      const invalidityDate = readTime(value, 'invalidityDate');
      value.finish('invalidityDate');
      return { invalidityDate };
    }
    case certificateIssuerOid: {
      const names = readPathNames(value, 'certificateIssuer');
      const directory = names.find((name) => name.kind === 'directory');
      if (directory?.kind !== 'directory') return value.fail('certificateIssuer holds no directory name');
      return { issuerKey: directory.key };
    }
    default:
      return critical ? { unknownCriticalOid: oid } : {};
  }
}
