/** Names as they stand, with their string types, which the reader for use decodes and forgets. */
import { contextGroup, contextValue, type DerReader, decodeString, tags } from '../../x509/index.ts';

export interface NameAttribute {
  readonly oid: string;
  readonly tag: number;
  readonly content: Uint8Array;
  /** Undefined when the bytes are not of the string type that the tag says. */
  readonly text: string | undefined;
}

export interface Name {
  readonly der: Uint8Array;
  readonly relativeNames: readonly RelativeName[];
  readonly isEmpty: boolean;
}

export interface RelativeName {
  readonly attributes: readonly NameAttribute[];
  /** Whether the attributes stand in the order that DER gives to a SET OF. */
  readonly isSorted: boolean;
}

/** Takes the next element as a Name. */
export function readName(reader: DerReader, what: string): Name {
  const list = reader.enter(tags.sequence, what);
  const relativeNames: RelativeName[] = [];
  while (!list.isEmpty) {
    const set = list.enter(tags.set, what);
    const attributes: NameAttribute[] = [];
    const encodings: Uint8Array[] = [];
    while (!set.isEmpty) {
      const attribute = set.enter(tags.sequence, what);
      encodings.push(attribute.encoded);
      const oid = attribute.objectIdentifier(what);
      const tag = attribute.peek();
      const content = contentOf(attribute, what);
      attribute.finish(what);
      attributes.push({ oid, tag, content, text: decodeString(tag, content) });
    }
    const isSorted = encodings.every(
      (each, i) => i === 0 || Buffer.compare(encodings[i - 1] ?? each, each) < 0,
    );
    relativeNames.push({ attributes, isSorted });
  }
  return { der: list.encoded, relativeNames, isEmpty: relativeNames.length === 0 };
}

/** The content of the next element, whatever its tag. */
export function contentOf(reader: DerReader, what: string): Uint8Array {
  return reader.content(reader.peek(), what);
}

export type GeneralNameKind =
  | 'otherName'
  | 'rfc822Name'
  | 'dNSName'
  | 'x400Address'
  | 'directoryName'
  | 'ediPartyName'
  | 'uniformResourceIdentifier'
  | 'iPAddress'
  | 'registeredID';

const kinds: ReadonlyMap<number, GeneralNameKind> = new Map<number, GeneralNameKind>([
  [contextGroup(0), 'otherName'],
  [contextValue(1), 'rfc822Name'],
  [contextValue(2), 'dNSName'],
  [contextGroup(3), 'x400Address'],
  [contextGroup(4), 'directoryName'],
  [contextGroup(5), 'ediPartyName'],
  [contextValue(6), 'uniformResourceIdentifier'],
  [contextValue(7), 'iPAddress'],
  [contextValue(8), 'registeredID'],
]);

export interface GeneralName {
  readonly kind: GeneralNameKind;
  readonly content: Uint8Array;
  /** The content as text, byte for byte, for the three kinds that are text. */
  readonly text: string;
}

/** Takes the next element as a GeneralName. */
export function readGeneralName(reader: DerReader, what: string): GeneralName {
  const kind = kinds.get(reader.peek());
  if (kind === undefined) return reader.fail(`${what} has a name of no kind of GeneralName`);
  const content = contentOf(reader, what);
  return { kind, content, text: Buffer.from(content).toString('latin1') };
}

/** Takes all that is left as GeneralNames, at least one. */
export function readGeneralNames(list: DerReader, what: string): GeneralName[] {
  if (list.isEmpty) list.fail(`${what} holds no name`);
  const names: GeneralName[] = [];
  while (!list.isEmpty) names.push(readGeneralName(list, what));
  return names;
}
