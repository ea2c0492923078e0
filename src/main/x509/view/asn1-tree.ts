/**
 * Any BER or DER as a tree, level by level: the viewer asks for the children of a node when it is opened. Looser
 * than the reader that decisions are made on, since it is to show what is wrong with a file as well.
 */
import { ChanceryError } from '../../../shared/errors.ts';
import { decodeObjectIdentifier } from '../der/object-identifier.ts';
import { decodeString } from '../names/directory-string.ts';
import { oidName } from './oid-names.ts';

export interface Asn1Node {
  readonly class: 'universal' | 'application' | 'context' | 'private';
  readonly tag: number;
  readonly constructed: boolean;
  /** Where the element begins in the whole input, in bytes. */
  readonly offset: number;
  readonly headerLength: number;
  /** Of the content, in bytes. */
  readonly length: number;
  /** The name of the type, such as SEQUENCE, or `[0]`. */
  readonly type: string;
  /** For an object identifier that is known: what it stands for. */
  readonly name?: string | undefined;
  /** The value in short, for a primitive element. */
  readonly valuePreview: string;
  /** Whether asking for its children gives any: also for bytes that hold whole elements inside. */
  readonly hasChildren: boolean;
}

export interface Asn1Level {
  readonly nodes: readonly Asn1Node[];
  /** Whether there are more than are listed. */
  readonly isCut: boolean;
  /** What is wrong behind the last node, if anything. */
  readonly problem?: string | undefined;
}

const maxNodes = 1000;
const maxBytes = 64 * 1024 * 1024;
const previewBytes = 48;
const classes = ['universal', 'application', 'context', 'private'] as const;

/**
 * The elements at the top, or those inside of the element that begins at the offset; at most a thousand. Throws
 * INVALID_INPUT where no element begins at the offset. Broken elements end the list with a problem.
 */
export function asn1Tree(der: Uint8Array, offset?: number): Asn1Level {
  if (der.length > maxBytes) throw invalid('The file is larger than 64 MiB.');
  if (offset === undefined) return level(der, 0, der.length);
  const isInside = Number.isInteger(offset) && offset >= 0 && offset < der.length;
  const header = isInside ? readHeader(der, offset, der.length) : 'the offset lies outside';
  if (typeof header === 'string') throw invalid(`No element begins at byte ${offset}: ${header}.`);
  const start = offset + header.headerLength;
  return level(der, start + innerStart(der, header, start), start + header.length);
}

function level(der: Uint8Array, start: number, end: number): Asn1Level {
  const nodes: Asn1Node[] = [];
  let at = start;
  while (at < end && nodes.length < maxNodes) {
    const header = readHeader(der, at, end);
    if (typeof header === 'string') return { nodes, isCut: false, problem: `${header} (at byte ${at})` };
    nodes.push(nodeAt(der, at, header));
    at += header.headerLength + header.length;
  }
  return { nodes, isCut: at < end };
}

interface Header {
  readonly first: number;
  readonly tag: number;
  readonly headerLength: number;
  readonly length: number;
}

/** The header of an element, or what is wrong with it. */
function readHeader(der: Uint8Array, offset: number, end: number): Header | string {
  let at = offset;
  const next = () => (at < end ? (der[at++] as number) : -1);
  const first = next();
  let tag = first & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    for (let byte = 0x80; byte >= 0x80; tag = tag * 128 + (byte & 0x7f)) {
      byte = next();
      if (byte < 0 || tag > 0xffffff) return 'a tag is cut off or too large';
    }
  }
  let length = next();
  if (length < 0) return 'an element is cut off in its length';
  if (length === 0x80) return 'an element has an indefinite length';
  if (length > 0x80) {
    const count = length & 0x7f;
    if (count > 6) return `a length has ${count} bytes`;
    length = 0;
    for (let i = 0; i < count; i++) {
      const byte = next();
      if (byte < 0) return 'an element is cut off in its length';
      length = length * 256 + byte;
    }
  }
  if (length > end - at) return `an element claims ${length} bytes where ${end - at} are left`;
  return { first, tag, headerLength: at - offset, length };
}

function nodeAt(der: Uint8Array, offset: number, header: Header): Asn1Node {
  const { first, tag, headerLength, length } = header;
  const start = offset + headerLength;
  const content = der.subarray(start, start + length);
  const constructed = (first & 0x20) !== 0;
  const isUniversal = first >> 6 === 0;
  const oid = isUniversal && tag === 6 ? decodeObjectIdentifier(content) : undefined;
  return {
    class: classes[first >> 6] ?? 'universal',
    tag,
    constructed,
    offset,
    headerLength,
    length,
    type: isUniversal ? (types[tag] ?? `UNIVERSAL ${tag}`) : `[${tag}]`,
    name: oid === undefined ? undefined : oidName(oid),
    valuePreview: constructed ? '' : (oid ?? preview(isUniversal ? tag : -1, content)),
    hasChildren: constructed
      ? length > 0
      : innerStart(der, header, start) >= 0 && holdsElements(der, header, start),
  };
}

/** Octet strings, and bit strings without unused bits, may hold further elements; -1 for what cannot. */
function innerStart(der: Uint8Array, { first, length }: Header, start: number): number {
  if ((first & 0x20) !== 0) return 0;
  if (first === 0x04) return 0;
  return first === 0x03 && length > 1 && der[start] === 0 ? 1 : -1;
}

/** Whether the content is one SEQUENCE, SET, string or number to the last byte: chance alone seldom makes that. */
function holdsElements(der: Uint8Array, header: Header, start: number): boolean {
  const inner = start + innerStart(der, header, start);
  const end = start + header.length;
  if (inner >= end) return false;
  const found = readHeader(der, inner, end);
  if (typeof found === 'string' || ![0x30, 0x31, 0x02, 0x03, 0x04, 0x0a].includes(found.first)) return false;
  return inner + found.headerLength + found.length === end;
}

const types: Readonly<Record<number, string>> = {
  1: 'BOOLEAN',
  2: 'INTEGER',
  3: 'BIT STRING',
  4: 'OCTET STRING',
  5: 'NULL',
  6: 'OBJECT IDENTIFIER',
  10: 'ENUMERATED',
  12: 'UTF8String',
  16: 'SEQUENCE',
  17: 'SET',
  18: 'NumericString',
  19: 'PrintableString',
  20: 'TeletexString',
  22: 'IA5String',
  23: 'UTCTime',
  24: 'GeneralizedTime',
  26: 'VisibleString',
  28: 'UniversalString',
  30: 'BMPString',
};

function preview(tag: number, content: Uint8Array): string {
  const cut = content.subarray(0, previewBytes);
  const mark = content.length > previewBytes ? '...' : '';
  if (tag === 1) return content[0] === 0 ? 'FALSE' : 'TRUE';
  if (tag === 5) return '';
  if ((tag === 2 || tag === 10) && content.length > 0 && content.length <= 6)
    return String(Buffer.from(content).readIntBE(0, content.length));
  if (tag === 23 || tag === 24) return printable(Buffer.from(cut).toString('latin1')) + mark;
  const text = tag < 0 ? undefined : decodeString(tag, content.subarray(0, 4096));
  if (text !== undefined) return printable([...text].slice(0, previewBytes).join('')) + mark;
  return Buffer.from(cut).toString('hex').toUpperCase() + mark;
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '.');
}

function invalid(detail: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail });
}
