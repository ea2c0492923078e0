/**
 * Reads CRLs strictly (RFC 5280 section 5). The list of entries is walked, never kept: a CRL of a million
 * entries takes its own bytes and little more.
 */
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { readTime } from '../der/der-time.ts';
import { type Extension, readExtensions } from '../extensions/read-extensions.ts';
import { canonicalKey, canonicalName } from '../names/canonical-name.ts';
import { formatReadName } from '../names/format-name.ts';
import { readName } from '../names/parse-name.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import { signatureAlgorithmName } from '../public-key/signature-algorithm.ts';
import { type CrlExtensions, readCrlExtensions } from './crl-extensions.ts';
import { readEntryExtensions } from './entry-extensions.ts';
import { EntryScanner } from './entry-scanner.ts';

export interface ParsedCrl extends CrlExtensions {
  readonly der: Uint8Array;
  /** The part that the issuer signed. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2;
  readonly issuer: {
    readonly text: string;
    readonly der: Uint8Array;
    /** For comparison: see canonicalName and canonicalKey. */
    readonly parts: readonly string[];
    readonly key: string;
  };
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly signatureAlgorithm: string;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signature: Uint8Array;
  readonly entryCount: number;
  /** Where the entries lie in `der`. */
  readonly entriesStart: number;
  readonly entriesEnd: number;
  /** A critical extension in an entry that is not known here: the CRL must not be used (section 5.3). */
  readonly unknownCriticalEntryOid: string | undefined;
  readonly extensions: readonly Extension[];
}

/** Large enough for some six million entries. */
export const crlFormat: DerFormat = { code: 'INVALID_INPUT', name: 'CRL', maxBytes: 268_435_456 };

/** Reads a CRL; its arrays are views of the input. Throws INVALID_INPUT, saying what is wrong and where. */
export function parseCrl(der: Uint8Array): ParsedCrl {
  const root = DerReader.open(der, crlFormat);
  const outer = root.enter(tags.sequence, 'CRL');
  root.finish('the CRL');
  const tbs = outer.enter(tags.sequence, 'signed part');
  const algorithm = readAlgorithmIdentifier(outer, 'signature algorithm');
  const signature = outer.bitString('signature');
  outer.finish('signature');

  const version = tbs.peek() === tags.integer ? tbs.smallInteger('version') : 0;
  if (version > 1) tbs.fail('its version is not 1 or 2');
  const signed = readAlgorithmIdentifier(tbs, 'signed signature algorithm');
  // Section 5.1.1.2; otherwise the algorithm could be changed without breaking the signature.
  if (Buffer.compare(signed.encoded, algorithm.encoded) !== 0)
    tbs.fail('its two signature algorithms differ');
  const issuer = readName(tbs, 'issuer');
  const parts = canonicalName(issuer);
  const thisUpdate = readTime(tbs, 'thisUpdate');
  const hasNextUpdate = tbs.peek() === tags.utcTime || tbs.peek() === tags.generalizedTime;
  const nextUpdate = hasNextUpdate ? readTime(tbs, 'nextUpdate') : undefined;
  const list = tbs.enterIf(tags.sequence, 'revoked certificates');
  const survey = list === undefined ? undefined : surveyEntries(list);
  if (survey?.hasExtensions && version === 0)
    tbs.fail('its entries have extensions, which version 1 has not');
  const holder = version === 1 ? tbs.enterIf(contextGroup(0), 'extensions') : undefined;
  const extensions = holder === undefined ? [] : readExtensions(holder);
  holder?.finish('extensions');
  tbs.finish('the signed part');

  return {
    der: root.bytes,
    tbs: tbs.encoded,
    version: version === 0 ? 1 : 2,
    issuer: { text: formatReadName(issuer), der: issuer.der, parts, key: canonicalKey(parts) },
    thisUpdate,
    nextUpdate,
    signatureAlgorithm: signatureAlgorithmName(algorithm),
    signatureAlgorithmDer: algorithm.encoded,
    signature,
    entryCount: survey?.count ?? 0,
    entriesStart: survey?.start ?? 0,
    entriesEnd: survey?.end ?? 0,
    unknownCriticalEntryOid: survey?.unknownCriticalOid,
    extensions,
    ...readCrlExtensions(extensions),
  };
}

/** Goes through all entries once: each is well-formed, how many there are, and what may hinder their use. */
function surveyEntries(list: DerReader) {
  const start = list.position;
  const { end } = list;
  const scanner = new EntryScanner(list, start, end);
  let count = 0;
  let hasExtensions = false;
  let unknownCriticalOid: string | undefined;
  while (scanner.next()) {
    count++;
    if (!scanner.hasExtensions) continue;
    hasExtensions = true;
    // Read of every entry, also behind the first unknown one: each must be well-formed.
    const { unknownCriticalOid: unknown } = readEntryExtensions(scanner);
    unknownCriticalOid ??= unknown;
  }
  return { start, end, count, hasExtensions, unknownCriticalOid };
}
