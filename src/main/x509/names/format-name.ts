/** The text form of distinguished names, RFC 4514. */
import type { Subject } from '../../../shared/model/names.ts';
import { attributeShortNames, subjectAttributes } from './name-attributes.ts';
import { type DistinguishedName, type NameAttribute, readWholeName } from './parse-name.ts';

/** The RFC 4514 text of a Name's DER, the narrowest part first; throws INVALID_INPUT when it is not a Name. */
export function formatName(der: Uint8Array): string {
  return formatReadName(readWholeName(der));
}

/** The RFC 4514 text of a name that was read before. */
export function formatReadName(name: DistinguishedName): string {
  return name.relativeNames
    .toReversed()
    .map((attributes) => attributes.map(formatAttribute).join('+'))
    .join(',');
}

/** The RFC 4514 text of the Name that encodeName makes of the subject, without reading it again. */
export function formatSubject(subject: Subject): string {
  const parts: string[] = [];
  for (const { key, oid } of subjectAttributes) {
    const value = subject[key];
    if (value === undefined) continue;
    for (const text of typeof value === 'string' ? [value] : value)
      parts.push(`${attributeShortNames.get(oid)}=${escapeValue(text)}`);
  }
  return parts.reverse().join(',');
}

function formatAttribute({ oid, text, encoded }: NameAttribute): string {
  const shortName = attributeShortNames.get(oid);
  // Section 2.4: a type in dotted form has its value in hexadecimal.
  if (shortName === undefined || text === undefined) {
    return `${shortName ?? oid}=#${Buffer.from(encoded).toString('hex').toUpperCase()}`;
  }
  return `${shortName}=${escapeValue(text)}`;
}

/** What may have to be escaped; where it finds nothing, the text stays as it is. */
const special = /^[ #]| $|["+,;<>\\]|[^ -~]/;

function escapeValue(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replace(/^[ #]| $|["+,;<>\\]/g, '\\$&')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
      [...Buffer.from(character)]
        .map((byte) => `\\${byte.toString(16).padStart(2, '0').toUpperCase()}`)
        .join(''),
    );
}
