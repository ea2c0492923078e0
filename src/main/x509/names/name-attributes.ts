/** The attribute types of distinguished names: those that a Subject carries, and more that are only shown. */
import type { Subject } from '../../../shared/model/names.ts';
import { tags } from '../der/der-tags.ts';
import { writeDer } from '../der/der-writer.ts';

export type SubjectKey = Exclude<keyof Subject, 'domainComponent'>;

export interface SubjectAttribute {
  readonly key: SubjectKey | 'domainComponent';
  readonly oid: string;
  /** The identifier as it is written. */
  readonly encodedOid: Uint8Array;
  /** The string type that RFC 5280 appendix A asks for. */
  readonly tag: number;
  /** Upper bound in characters, RFC 5280 appendix A. */
  readonly maxLength: number;
}

function attribute(
  key: SubjectAttribute['key'],
  oid: string,
  tag: number,
  maxLength: number,
): SubjectAttribute {
  return { key, oid, encodedOid: writeDer((writer) => writer.objectIdentifier(oid)), tag, maxLength };
}

/** In the order in which a name is written: from the widest to the narrowest. */
export const subjectAttributes: readonly SubjectAttribute[] = [
  attribute('domainComponent', '0.9.2342.19200300.100.1.25', tags.ia5String, 63),
  attribute('country', '2.5.4.6', tags.printableString, 2),
  attribute('state', '2.5.4.8', tags.utf8String, 128),
  attribute('locality', '2.5.4.7', tags.utf8String, 128),
  attribute('organization', '2.5.4.10', tags.utf8String, 64),
  attribute('organizationalUnit', '2.5.4.11', tags.utf8String, 64),
  attribute('commonName', '2.5.4.3', tags.utf8String, 64),
  attribute('serialNumber', '2.5.4.5', tags.printableString, 64),
  attribute('emailAddress', '1.2.840.113549.1.9.1', tags.ia5String, 255),
];

export const subjectAttributeByOid: ReadonlyMap<string, SubjectAttribute> = new Map(
  subjectAttributes.map((entry) => [entry.oid, entry]),
);

/** Short names for the text form, RFC 4514 section 3 and the LDAP registry (RFC 4519, RFC 4524). */
export const attributeShortNames: ReadonlyMap<string, string> = new Map([
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'sn'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.13', 'description'],
  ['2.5.4.15', 'businessCategory'],
  ['2.5.4.17', 'postalCode'],
  ['2.5.4.42', 'givenName'],
  ['2.5.4.43', 'initials'],
  ['2.5.4.44', 'generationQualifier'],
  ['2.5.4.46', 'dnQualifier'],
  ['2.5.4.65', 'pseudonym'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
]);
