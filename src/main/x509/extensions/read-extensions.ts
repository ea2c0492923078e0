/** Reads the Extensions list (RFC 5280 section 4.1.2.9) of certificates and requests alike. */
import type { SubjectAltName } from '../../../shared/model/names.ts';
import type { DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { type GeneralName, readGeneralName } from '../names/general-name.ts';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** What is in the extnValue, as bytes and as a reader at its begin. */
  readonly value: Uint8Array;
  readonly reader: () => DerReader;
}

/** Takes the next element as Extensions; the same extension twice is an error (section 4.2). */
export function readExtensions(reader: DerReader): Extension[] {
  const list = reader.enter(tags.sequence, 'extensions');
  const seen = new Set<string>();
  const extensions: Extension[] = [];
  while (!list.isEmpty) {
    const start = list.position;
    const item = list.enter(tags.sequence, 'extension');
    const oid = item.objectIdentifier('extension type');
    if (seen.has(oid)) list.fail(`the extension ${oid} is there twice`, start);
    seen.add(oid);
    // A written-out FALSE is not DER, but old software writes it and nothing hangs on it.
    const critical = item.peek() === tags.boolean && item.boolean(`criticality of the extension ${oid}`);
    const content = item.enter(tags.octetString, `value of the extension ${oid}`);
    item.finish(`the extension ${oid}`);
    const value = content.bytes.subarray(content.position, content.end);
    extensions.push({ oid, critical, value, reader: () => content.fork() });
  }
  return extensions;
}

/** A reader of what is in the extension of that type (an OBJECT IDENTIFIER in DER), passing over all others. */
export function findExtension(reader: DerReader, encodedOid: Uint8Array): DerReader | undefined {
  const list = reader.enter(tags.sequence, 'extensions');
  while (!list.isEmpty) {
    const item = list.enter(tags.sequence, 'extension');
    const type = item.element('extension type');
    if (Buffer.compare(type, encodedOid) !== 0) continue;
    if (item.peek() === tags.boolean) item.element('criticality');
    return item.enter(tags.octetString, 'value of the extension');
  }
  return undefined;
}

/** Reads basicConstraints (section 4.2.1.9). */
export function readBasicConstraints(value: DerReader): { isCa: boolean; pathLength: number | undefined } {
  const content = value.enter(tags.sequence, 'basicConstraints');
  value.finish('basicConstraints');
  const isCa = content.peek() === tags.boolean && content.boolean('basicConstraints (cA)');
  const pathLength = content.isEmpty ? undefined : content.smallInteger('basicConstraints (path length)');
  content.finish('basicConstraints');
  return { isCa, pathLength };
}

/** Reads GeneralNames (section 4.2.1.6), at least one. */
export function readGeneralNames(value: DerReader, what: string): GeneralName[] {
  const list = value.enter(tags.sequence, what);
  value.finish(what);
  const names: GeneralName[] = [];
  do names.push(readGeneralName(list, what));
  while (!list.isEmpty);
  return names;
}

/** Those of the names that a SubjectAltName can carry. */
export function subjectAltNamesOf(names: readonly GeneralName[]): SubjectAltName[] {
  return names.flatMap(({ subjectAltName }) => (subjectAltName === undefined ? [] : [subjectAltName]));
}
