/** The text form of distinguished names, RFC 4514. */
import { attributeShortNames } from './name-attributes.ts';
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

function formatAttribute({ oid, text, encoded }: NameAttribute): string {
  const shortName = attributeShortNames.get(oid);
  // Section 2.4: a type in dotted form has its value in hexadecimal.
  if (shortName === undefined || text === undefined) {
    return `${shortName ?? oid}=#${Buffer.from(encoded).toString('hex').toUpperCase()}`;
  }
  return `${shortName}=${escapeValue(text)}`;
}

function escapeValue(text: string): string {
  return text
    .replace(/^[ #]| $|["+,;<>\\]/g, '\\$&')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
      [...Buffer.from(character)]
        .map((byte) => `\\${byte.toString(16).padStart(2, '0').toUpperCase()}`)
        .join(''),
    );
}
