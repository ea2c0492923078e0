/**
 * Writes DER (X.690) front to back into one growing buffer. A length is not known before its content is
 * written, so one byte is kept for it and the content moves up when that is not enough; with the few levels
 * that X.509 has, this beats the joining of many small arrays.
 */
import { tags } from './der-tags.ts';
import { encodeObjectIdentifier } from './object-identifier.ts';

export class DerWriter {
  #buffer: Buffer;
  #length = 0;

  /** @param sizeHint bytes that the result will likely have. */
  constructor(sizeHint = 1024) {
    this.#buffer = Buffer.allocUnsafe(sizeHint);
  }

  /** A copy of what was written so far; a small one shares its memory with others, for speed. */
  finish(): Uint8Array {
    const copy = Buffer.allocUnsafe(this.#length);
    this.#buffer.copy(copy, 0, 0, this.#length);
    return new Uint8Array(copy.buffer, copy.byteOffset, copy.length);
  }

  /** Forgets what was written and keeps the buffer. */
  clear(): this {
    this.#length = 0;
    return this;
  }

  #reserve(bytes: number): number {
    const at = this.#length;
    const needed = at + bytes;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(larger, 0, 0, at);
      this.#buffer = larger;
    }
    this.#length = needed;
    return at;
  }

  /** Writes bytes that are encoded already. */
  raw(encoded: Uint8Array): this {
    const at = this.#reserve(encoded.length);
    this.#buffer.set(encoded, at);
    return this;
  }

  /** Writes an element whose content the callback writes. */
  group(tag: number, writeContent: () => void): this {
    const at = this.#reserve(2);
    this.#buffer[at] = tag;
    writeContent();
    const start = at + 2;
    const length = this.#length - start;
    if (length < 0x80) {
      this.#buffer[at + 1] = length;
      return this;
    }
    const extra = lengthBytes(length);
    this.#reserve(extra);
    this.#buffer.copyWithin(start + extra, start, start + length);
    this.#writeLongLength(at + 1, length, extra);
    return this;
  }

  /** Like group, but leaves no trace when the callback wrote nothing. */
  groupUnlessEmpty(tag: number, writeContent: () => void): this {
    const before = this.#length;
    let written = false;
    this.group(tag, () => {
      const start = this.#length;
      writeContent();
      written = this.#length > start;
    });
    if (!written) this.#length = before;
    return this;
  }

  sequence(writeContent: () => void): this {
    return this.group(tags.sequence, writeContent);
  }

  #writeLongLength(at: number, length: number, extra: number): void {
    this.#buffer[at] = 0x80 | extra;
    this.#buffer.writeUIntBE(length, at + 1, extra);
  }

  /** Writes the tag and length of content that follows, and returns where it starts. */
  #header(tag: number, length: number): number {
    const extra = length < 0x80 ? 0 : lengthBytes(length);
    const at = this.#reserve(2 + extra + length);
    this.#buffer[at] = tag;
    if (extra === 0) this.#buffer[at + 1] = length;
    else this.#writeLongLength(at + 1, length, extra);
    return at + 2 + extra;
  }

  /** Writes an element with the given content. */
  value(tag: number, content: Uint8Array): this {
    const at = this.#header(tag, content.length);
    this.#buffer.set(content, at);
    return this;
  }

  octetString(content: Uint8Array): this {
    return this.value(tags.octetString, content);
  }

  /** Writes a BIT STRING; the unused bits of the last byte must be zero. */
  bitString(content: Uint8Array, unusedBits = 0): this {
    const at = this.#header(tags.bitString, content.length + 1);
    this.#buffer[at] = unusedBits;
    this.#buffer.set(content, at + 1);
    return this;
  }

  /** Writes a text in UTF-8, which is also the content of the ASCII string types. */
  text(tag: number, value: string): this {
    const before = this.#length;
    const at = this.#header(tag, value.length);
    const buffer = this.#buffer;
    // Nearly all texts are short and ASCII, and two calls into the runtime take longer than their characters.
    for (let index = 0; index < value.length; index += 1) {
      const unit = value.charCodeAt(index);
      if (unit < 0x80) buffer[at + index] = unit;
      else return this.#utf8(before, tag, value);
    }
    return this;
  }

  /** Instead of what was begun there. */
  #utf8(before: number, tag: number, value: string): this {
    this.#length = before;
    const at = this.#header(tag, Buffer.byteLength(value));
    this.#buffer.write(value, at);
    return this;
  }

  boolean(value: boolean): this {
    const at = this.#header(tags.boolean, 1);
    this.#buffer[at] = value ? 0xff : 0x00;
    return this;
  }

  null(): this {
    this.#header(tags.null, 0);
    return this;
  }

  objectIdentifier(dotted: string): this {
    return this.value(tags.objectIdentifier, encodeObjectIdentifier(dotted));
  }

  /** Writes a whole number of bytes (big-endian, not negative) as an INTEGER in its shortest form. */
  unsigned(bytes: Uint8Array, tag: number = tags.integer): this {
    let start = 0;
    while (start < bytes.length - 1 && bytes[start] === 0) start++;
    const pad = bytes.length === 0 || (bytes[start] as number) >= 0x80 ? 1 : 0;
    const at = this.#header(tag, bytes.length - start + pad);
    if (pad === 1) this.#buffer[at] = 0;
    this.#buffer.set(start === 0 ? bytes : bytes.subarray(start), at + pad);
    return this;
  }

  /** Writes a number that is not negative as an INTEGER or, with its tag, an ENUMERATED. */
  integer(value: number | bigint, tag: number = tags.integer): this {
    if (value < 0x80) return this.unsigned(Uint8Array.of(Number(value)), tag);
    const digits = value.toString(16);
    return this.unsigned(Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'), tag);
  }
}

/** Writers that nobody uses at the moment; a value may be written within another one. */
const idle: DerWriter[] = [];
/** A writer that held more goes with its value. */
const keptBytes = 16_384;

/** Builds one DER value. */
export function writeDer(write: (writer: DerWriter) => void, sizeHint = 0): Uint8Array {
  const writer = (sizeHint <= keptBytes && idle.pop()) || new DerWriter(Math.max(sizeHint, 1024));
  write(writer.clear());
  const value = writer.finish();
  if (value.length <= keptBytes && sizeHint <= keptBytes) idle.push(writer);
  return value;
}

/** Tag and length of an element whose content is written elsewhere. */
export function derHeader(tag: number, length: number): Uint8Array {
  const header = Buffer.alloc(withHeader(length) - length);
  putHeader(header, 0, tag, length);
  return header;
}

/** How many bytes an element with so many bytes of content has. */
export function withHeader(length: number): number {
  return length + 2 + (length < 0x80 ? 0 : lengthBytes(length));
}

/** Puts tag and length at the place, and returns where the content begins. */
export function putHeader(buffer: Buffer, at: number, tag: number, length: number): number {
  buffer[at] = tag;
  if (length < 0x80) {
    buffer[at + 1] = length;
    return at + 2;
  }
  const extra = lengthBytes(length);
  buffer[at + 1] = 0x80 | extra;
  return buffer.writeUIntBE(length, at + 2, extra);
}

function lengthBytes(length: number): number {
  if (length < 0x100) return 1;
  if (length < 0x10000) return 2;
  return length < 0x1000000 ? 3 : 4;
}
