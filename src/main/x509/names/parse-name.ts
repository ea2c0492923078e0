/** Reads distinguished names (RFC 5280 section 4.1.2.4) into attributes, a Subject, and text. */
import type { Subject } from '../../../shared/model/names.ts';
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { tags } from '../der/der-tags.ts';
import { readStringIf } from './directory-string.ts';
import { type SubjectKey, subjectAttributeByOid } from './name-attributes.ts';

export interface NameAttribute {
  readonly oid: string;
  /** The value as text, or undefined when it is not of a string type. */
  readonly text: string | undefined;
  /** The value as it stands, with its tag and length. */
  readonly encoded: Uint8Array;
}

/** A name as it stands: relative names from the widest to the narrowest, each of one attribute or more. */
export interface DistinguishedName {
  readonly der: Uint8Array;
  readonly relativeNames: readonly (readonly NameAttribute[])[];
}

const nameFormat: DerFormat = { code: 'INVALID_INPUT', name: 'name', maxBytes: 65_536 };

/** Takes the next element as a Name. */
export function readName(reader: DerReader, what: string): DistinguishedName {
  const name = reader.enter(tags.sequence, what);
  const relativeNames: NameAttribute[][] = [];
  while (!name.isEmpty) {
    const relativeName = name.enter(tags.set, `a part of the ${what}`);
    const attributes: NameAttribute[] = [];
    do attributes.push(readAttribute(relativeName, what));
    while (!relativeName.isEmpty);
    relativeNames.push(attributes);
  }
  return { der: name.encoded, relativeNames };
}

function readAttribute(relativeName: DerReader, what: string): NameAttribute {
  const attribute = relativeName.enter(tags.sequence, `an attribute of the ${what}`);
  const oid = attribute.objectIdentifier(`an attribute's type in the ${what}`);
  const start = attribute.position;
  const where = `the attribute ${oid} of the ${what}`;
  const text = readStringIf(attribute, where);
  if (text === undefined) attribute.element(where);
  attribute.finish(where);
  return { oid, text, encoded: attribute.bytes.subarray(start, attribute.position) };
}

/** Reads a whole Name; throws INVALID_INPUT when it is not one. */
export function readWholeName(der: Uint8Array): DistinguishedName {
  const reader = DerReader.open(der, nameFormat);
  const name = readName(reader, 'name');
  reader.finish('the name');
  return name;
}

/**
 * The attributes that a Subject can carry, and the types of those that it cannot: unknown ones, values that
 * are not text, and every further value of a type that a Subject carries once (the first one counts).
 */
export function subjectOf(name: DistinguishedName): { subject: Subject; unknownAttributeOids: string[] } {
  const subject: Subject = {};
  const domainComponent: string[] = [];
  const unknownAttributeOids: string[] = [];
  for (const relativeName of name.relativeNames) {
    for (const { oid, text } of relativeName) {
      const key = subjectAttributeByOid.get(oid)?.key;
      if (key === undefined || text === undefined) unknownAttributeOids.push(oid);
      else if (key === 'domainComponent') domainComponent.push(text);
      else if (subject[key] !== undefined) unknownAttributeOids.push(oid);
      else subject[key satisfies SubjectKey] = text;
    }
  }
  if (domainComponent.length > 0) subject.domainComponent = domainComponent;
  return { subject, unknownAttributeOids };
}

/** The Subject of a Name's DER, without what a Subject cannot carry; throws INVALID_INPUT when unreadable. */
export function parseName(der: Uint8Array): Subject {
  return subjectOf(readWholeName(der)).subject;
}
