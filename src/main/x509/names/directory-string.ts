/** Reads the string types that names are written in (RFC 5280 section 4.1.2.4, and older ones). */
import type { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16 = new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true });

/**
 * Takes the next element as text; undefined when its tag is not that of a string. A NUL is refused in all of
 * them, since it makes other software see a shorter name than the one that was checked.
 */
export function readStringIf(reader: DerReader, what: string): string | undefined {
  const start = reader.position;
  const tag = reader.peek();
  if (!decoders.has(tag)) return undefined;
  const text = decodeString(tag, reader.content(tag, what));
  if (text === undefined)
    return reader.fail(`${what} holds bytes that its string type does not allow`, start);
  if (text.includes('\0')) reader.fail(`${what} holds a NUL character`, start);
  return text;
}

/** The text of a string type's content, or undefined when the tag or the bytes are not of one. */
export function decodeString(tag: number, content: Uint8Array): string | undefined {
  try {
    return decoders.get(tag)?.(content);
  } catch {
    return undefined;
  }
}

const decoders: ReadonlyMap<number, (content: Uint8Array) => string | undefined> = new Map([
  [tags.utf8String, (content: Uint8Array) => ascii(content) ?? utf8.decode(content)],
  [tags.printableString, ascii],
  [tags.ia5String, ascii],
  [tags.numericString, ascii],
  [tags.visibleString, ascii],
  // T.61 in name, Latin-1 in all practice.
  [tags.teletexString, latin1],
  [tags.bmpString, (content: Uint8Array) => utf16.decode(content)],
  [tags.universalString, universal],
]);

function latin1(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
}

function ascii(content: Uint8Array): string | undefined {
  for (let at = 0; at < content.length; at += 1) if ((content[at] as number) >= 0x80) return undefined;
  return latin1(content);
}

function universal(content: Uint8Array): string | undefined {
  if (content.length % 4 !== 0) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  let text = '';
  for (let i = 0; i < content.length; i += 4) text += String.fromCodePoint(view.getUint32(i));
  return /\p{Cs}/u.test(text) ? undefined : text;
}
