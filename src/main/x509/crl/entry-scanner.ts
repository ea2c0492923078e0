/**
 * Walks the entries of a CRL byte by byte (RFC 5280 section 5.1.2.6). A CRL may hold a million of them, so
 * nothing is kept per entry and no object is made for one that nobody asked for.
 */
import type { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { isTimeAt } from './time-digits.ts';

/** Beyond this the extensions of one entry have no use and would only make a hostile CRL costly. */
const maxEntryBytes = 65_536;

/** SEQUENCE { Extension { reasonCode, OCTET STRING { ENUMERATED of one byte } } }, without that byte. */
const plainReason = Uint8Array.of(0x30, 12, 0x30, 10, 0x06, 3, 0x55, 0x1d, 0x15, 0x04, 3, 0x0a, 1);

export class EntryScanner {
  readonly #reader: DerReader;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;
  #contentStart = 0;
  #contentEnd = 0;
  /** The current entry as places in the CRL: its serial number's content, its date with the tag, its end. */
  serialStart = 0;
  serialEnd = 0;
  dateStart = 0;
  extensionsStart = 0;
  entryEnd = 0;

  /** @param reader whose bytes hold the entries and whose error is thrown. */
  constructor(reader: DerReader, start: number, end: number) {
    this.#reader = reader;
    this.#bytes = reader.bytes;
    this.#at = start;
    this.#end = end;
  }

  /** Steps to the next entry, read strictly; false after the last. */
  next(): boolean {
    const start = this.#at;
    if (start >= this.#end) return false;
    this.#element(start, this.#end, tags.sequence, 'an entry');
    this.entryEnd = this.#contentEnd;
    if (this.entryEnd - start > maxEntryBytes) this.#fail('an entry is larger than any should be', start);
    this.#element(this.#contentStart, this.entryEnd, tags.integer, 'the serial number of an entry');
    this.serialStart = this.#contentStart;
    this.serialEnd = this.#contentEnd;
    this.#checkSerial();
    this.dateStart = this.serialEnd;
    const isShort = this.#bytes[this.dateStart] === tags.utcTime;
    const dateTag = isShort ? tags.utcTime : tags.generalizedTime;
    this.#element(this.dateStart, this.entryEnd, dateTag, 'the date of an entry');
    if (!isTimeAt(this.#bytes, this.#contentStart, this.#contentEnd, isShort ? 2 : 4)) {
      this.#fail('the date of an entry is not a time of RFC 5280', this.dateStart);
    }
    this.extensionsStart = this.#contentEnd;
    this.#at = this.entryEnd;
    return true;
  }

  get hasExtensions(): boolean {
    return this.extensionsStart < this.entryEnd;
  }

  /** The reason's code where a reason is the only extension, in its usual encoding; otherwise -1. */
  get plainReasonCode(): number {
    const start = this.extensionsStart;
    if (this.entryEnd - start !== plainReason.length + 1) return -1;
    for (let i = 0; i < plainReason.length; i++) {
      if (this.#bytes[start + i] !== plainReason[i]) return -1;
    }
    return this.#bytes[this.entryEnd - 1] as number;
  }

  serialEquals(serial: Uint8Array): boolean {
    if (this.serialEnd - this.serialStart !== serial.length) return false;
    for (let i = serial.length - 1; i >= 0; i--) {
      if (this.#bytes[this.serialStart + i] !== serial[i]) return false;
    }
    return true;
  }

  /** A reader of this entry from the given place on. */
  readerAt(start: number): DerReader {
    const reader = this.#reader.fork();
    reader.position = start;
    return reader;
  }

  #checkSerial(): void {
    const length = this.serialEnd - this.serialStart;
    const first = this.#bytes[this.serialStart] as number;
    const second = this.#bytes[this.serialStart + 1] as number;
    const isPadded = length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
    if (length === 0 || length > 21 || isPadded) {
      this.#fail('the serial number of an entry is not an integer of at most 20 bytes', this.serialStart);
    }
  }

  /** Places the content of the element at `at`, which must have the tag. */
  #element(at: number, end: number, tag: number, what: string): void {
    const bytes = this.#bytes;
    if (at + 2 > end) this.#fail(`${what} is missing`, at);
    if (bytes[at] !== tag) this.#fail(`${what} has another tag than is due`, at);
    let start = at + 2;
    let length = bytes[at + 1] as number;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4 || start + count > end) this.#fail(`${what} has a bad length`, at);
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[start++] as number);
      if (length < (count === 1 ? 0x80 : 256 ** (count - 1))) {
        this.#fail(`${what} has a length that is not in its shortest form`, at);
      }
    }
    if (length > end - start) this.#fail(`${what} is cut off`, at);
    this.#contentStart = start;
    this.#contentEnd = start + length;
  }

  #fail(problem: string, position: number): never {
    return this.#reader.fail(problem, position);
  }
}
