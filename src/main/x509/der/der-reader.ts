/**
 * A strict reader of DER (X.690) over one byte array. It is a cursor: every call takes the next element, and
 * what it returns are views of the input, never copies. All lengths are checked against the enclosing element
 * before they are used, so nothing here reads outside, loops twice over a byte, or goes deeper than maxDepth.
 */
import { ChanceryError, type ErrorCode } from '../../../shared/errors.ts';
import { tags } from './der-tags.ts';
import { decodeObjectIdentifier } from './object-identifier.ts';

/** What is being read: the name for messages, the code of the errors, and the largest input worth reading. */
export interface DerFormat {
  readonly code: ErrorCode;
  readonly name: string;
  readonly maxBytes: number;
}

const maxDepth = 32;

export class DerReader {
  readonly format: DerFormat;
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly depth: number;
  /** Where the element that this reader reads inside of begins, with its tag and length. */
  readonly origin: number;
  position: number;
  #contentStart = 0;

  private constructor(
    format: DerFormat,
    bytes: Uint8Array,
    origin: number,
    position: number,
    end: number,
    depth: number,
  ) {
    this.format = format;
    this.bytes = bytes;
    this.origin = origin;
    this.position = position;
    this.end = end;
    this.depth = depth;
  }

  /** Opens an input; throws the format's error when it is larger than the format allows. */
  static open(der: Uint8Array, format: DerFormat): DerReader {
    const bytes = new Uint8Array(der.buffer, der.byteOffset, der.byteLength);
    const reader = new DerReader(format, bytes, 0, 0, bytes.length, 0);
    if (bytes.length > format.maxBytes) {
      reader.fail(`it has ${bytes.length} bytes, more than the allowed ${format.maxBytes}`);
    }
    return reader;
  }

  get isEmpty(): boolean {
    return this.position >= this.end;
  }

  /** The whole element that this reader reads inside of, with its tag and length. */
  get encoded(): Uint8Array {
    return this.bytes.subarray(this.origin, this.end);
  }

  /** The tag of the next element, or -1 at the end. */
  peek(): number {
    return this.position < this.end ? (this.bytes[this.position] as number) : -1;
  }

  /** A second cursor at the same place, for reading ahead. */
  fork(): DerReader {
    return new DerReader(this.format, this.bytes, this.origin, this.position, this.end, this.depth);
  }

  /** Throws the format's error: what is wrong, and at which byte. */
  fail(problem: string, position = this.position): never {
    throw new ChanceryError({
      code: this.format.code,
      detail: `The ${this.format.name} cannot be read: ${problem} (at byte ${position}).`,
    });
  }

  /** Ends the reading of this element; throws when bytes are left. */
  finish(what: string): void {
    if (this.position < this.end)
      this.fail(`${what} is followed by ${this.end - this.position} bytes that do not belong`);
  }

  /** Steps over the next element, whatever it is, and returns its tag. */
  #next(what: string): number {
    const { bytes, end } = this;
    let at = this.position;
    if (at >= end) this.fail(`${what} is missing`);
    const tag = bytes[at++] as number;
    if ((tag & 0x1f) === 0x1f) this.fail(`${what} has a tag of several bytes`);
    if (at >= end) this.fail(`${what} is cut off in its length`);
    let length = bytes[at++] as number;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0) this.fail(`${what} has an indefinite length, which DER forbids`);
      if (count > 4) this.fail(`${what} has a length of ${count} bytes`);
      if (count > end - at) this.fail(`${what} is cut off in its length`);
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[at++] as number);
      const shortest = count === 1 ? 0x80 : 256 ** (count - 1);
      if (length < shortest) this.fail(`${what} has a length that is not in its shortest form`);
    }
    if (length > end - at) this.fail(`${what} is cut off: it claims ${length} bytes, ${end - at} are left`);
    this.#contentStart = at;
    this.position = at + length;
    return tag;
  }

  #expect(tag: number, what: string): void {
    const start = this.position;
    const found = this.#next(what);
    if (found !== tag) this.fail(`${what} has the tag ${hex(found)} where ${hex(tag)} is due`, start);
  }

  /** Takes the next element, which must have the tag, and returns a reader of what is in it. */
  enter(tag: number, what: string): DerReader {
    const start = this.position;
    this.#expect(tag, what);
    if (this.depth >= maxDepth) this.fail(`${what} is nested more than ${maxDepth} levels deep`, start);
    return new DerReader(this.format, this.bytes, start, this.#contentStart, this.position, this.depth + 1);
  }

  /** Like enter, for an optional element: undefined when the next one has another tag. */
  enterIf(tag: number, what: string): DerReader | undefined {
    return this.peek() === tag ? this.enter(tag, what) : undefined;
  }

  /** The content of the next element, which must have the tag. */
  content(tag: number, what: string): Uint8Array {
    this.#expect(tag, what);
    return this.bytes.subarray(this.#contentStart, this.position);
  }

  /** The next element with its tag and length, whatever it is. */
  element(what: string): Uint8Array {
    const start = this.position;
    this.#next(what);
    return this.bytes.subarray(start, this.position);
  }

  boolean(what: string): boolean {
    const content = this.content(tags.boolean, what);
    const value = content[0];
    if (content.length !== 1 || (value !== 0x00 && value !== 0xff)) this.fail(`${what} is not a DER boolean`);
    return value === 0xff;
  }

  /** The content of an INTEGER in two's complement, at least one byte, in the shortest form. */
  integer(what: string, tag: number = tags.integer): Uint8Array {
    const content = this.content(tag, what);
    const first = content[0];
    const second = content[1];
    if (first === undefined) this.fail(`${what} is an integer without bytes`);
    if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      this.fail(`${what} is an integer that is not in its shortest form`);
    }
    return content;
  }

  /** An INTEGER from 0 to 2^31 - 1. */
  smallInteger(what: string, tag: number = tags.integer): number {
    const content = this.integer(what, tag);
    if (content.length > 4 || (content[0] as number) >= 0x80)
      this.fail(`${what} is not from 0 to 2147483647`);
    let value = 0;
    for (const byte of content) value = value * 256 + byte;
    return value;
  }

  /** An OBJECT IDENTIFIER in dotted form. */
  objectIdentifier(what: string, tag: number = tags.objectIdentifier): string {
    const text = decodeObjectIdentifier(this.content(tag, what));
    return text ?? this.fail(`${what} is not an object identifier`);
  }

  /** A BIT STRING: its bytes and how many bits of the last one are unused (and zero). */
  bits(what: string, tag: number = tags.bitString): { bytes: Uint8Array; unusedBits: number } {
    const content = this.content(tag, what);
    const unusedBits = content[0];
    if (unusedBits === undefined || unusedBits > 7 || (content.length === 1 && unusedBits > 0)) {
      this.fail(`${what} is not a bit string`);
    }
    if (((content[content.length - 1] as number) & ((1 << unusedBits) - 1)) !== 0 && content.length > 1) {
      this.fail(`${what} is a bit string whose unused bits are not zero`);
    }
    return { bytes: content.subarray(1), unusedBits };
  }

  /** A BIT STRING of whole bytes, as keys and signatures are. */
  bitString(what: string): Uint8Array {
    const { bytes, unusedBits } = this.bits(what);
    if (unusedBits !== 0) this.fail(`${what} is a bit string that does not end at a byte`);
    return bytes;
  }

  octetString(what: string): Uint8Array {
    return this.content(tags.octetString, what);
  }

  /** Goes through everything in this element and throws where it is not well-formed; the cursor stays. */
  checkStructure(): void {
    const start = this.position;
    const ends: number[] = [];
    while (true) {
      while (ends.length > 0 && this.position === ends.at(-1)) ends.pop();
      if (this.position >= this.end) break;
      const at = this.position;
      const tag = this.#next('an element');
      const limit = ends.at(-1);
      if (limit !== undefined && this.position > limit)
        this.fail('an element is longer than what holds it', at);
      if ((tag & 0x20) === 0) continue;
      if (this.depth + ends.length >= maxDepth)
        this.fail(`it is nested more than ${maxDepth} levels deep`, at);
      ends.push(this.position);
      this.position = this.#contentStart;
    }
    this.position = start;
  }
}

function hex(tag: number): string {
  return `0x${tag.toString(16).padStart(2, '0')}`;
}
