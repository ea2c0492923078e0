/** General names as path validation needs them: decoded, and comparable (RFC 5280 section 4.2.1.6). */
import type { DerReader } from '../der/der-reader.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { canonicalKey, canonicalName } from './canonical-name.ts';
import { decodeString } from './directory-string.ts';
import { formatReadName } from './format-name.ts';
import { readName } from './parse-name.ts';

export type PathName =
  | { readonly kind: 'dns' | 'email' | 'uri'; readonly value: string }
  | { readonly kind: 'ip'; readonly bytes: Uint8Array }
  /** parts: one key per relative name; key: the same for the whole name. */
  | {
      readonly kind: 'directory';
      readonly parts: readonly string[];
      readonly key: string;
      readonly text: string;
    }
  /** Kinds that this program compares byte by byte at most: the tag says which, with the type for other names. */
  | { readonly kind: 'other'; readonly type: string; readonly der: string };

/** Takes the next element as a GeneralName. */
export function readPathName(reader: DerReader, what: string): PathName {
  const tag = reader.peek();
  switch (tag) {
    case contextValue(1):
      return { kind: 'email', value: readAscii(reader, tag, what) };
    case contextValue(2):
      return { kind: 'dns', value: readAscii(reader, tag, what) };
    case contextValue(6):
      return { kind: 'uri', value: readAscii(reader, tag, what) };
    case contextValue(7):
      return { kind: 'ip', bytes: reader.content(tag, what) };
    case contextGroup(4): {
      const holder = reader.enter(tag, what);
      const name = readName(holder, what);
      holder.finish(what);
      const parts = canonicalName(name);
      return { kind: 'directory', parts, key: canonicalKey(parts), text: formatReadName(name) };
    }
    default:
      return readOther(reader, tag, what);
  }
}

/** Reads a whole GeneralNames, at least one. */
export function readPathNames(value: DerReader, what: string): PathName[] {
  const list = value.enter(tags.sequence, what);
  value.finish(what);
  return readNamesInside(list, what);
}

/** Reads the names in an element that is a GeneralNames under a tag of its own, at least one. */
export function readNamesInside(list: DerReader, what: string): PathName[] {
  const names: PathName[] = [];
  do names.push(readPathName(list, what));
  while (!list.isEmpty);
  return names;
}

/** Whether two names are one and the same, as names of distribution points and issuers are compared. */
export function isSameName(a: PathName, b: PathName): boolean {
  if (a.kind === 'directory') return b.kind === 'directory' && a.key === b.key;
  if (a.kind === 'ip') return b.kind === 'ip' && Buffer.compare(a.bytes, b.bytes) === 0;
  if (a.kind === 'other') return b.kind === 'other' && a.der === b.der;
  return a.kind === b.kind && 'value' in b && a.value === b.value;
}

function readAscii(reader: DerReader, tag: number, what: string): string {
  const start = reader.position;
  const text = decodeString(tags.ia5String, reader.content(tag, what));
  return text === undefined || /\p{Cc}/u.test(text)
    ? reader.fail(`${what} holds other than printable ASCII`, start)
    : text;
}

function readOther(reader: DerReader, tag: number, what: string): PathName {
  if ((tag & 0xc0) !== 0x80) reader.fail(`${what} holds what is no name`);
  const type =
    tag === contextGroup(0) ? reader.fork().enter(tag, what).objectIdentifier(what) : `[${tag & 0x1f}]`;
  return { kind: 'other', type, der: Buffer.from(reader.element(what)).toString('hex') };
}
