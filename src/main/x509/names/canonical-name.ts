/**
 * Names in the form in which they are compared (RFC 5280 section 7.1): string types do not matter, nor do case
 * and white space; the rest of the preparation follows RFC 4518. Compared are whole relative names.
 */
import { type DistinguishedName, type NameAttribute, readWholeName } from './parse-name.ts';

/** One key per relative name, from the widest to the narrowest; equal keys mean equal relative names. */
export function canonicalName(name: DistinguishedName): readonly string[] {
  return name.relativeNames.map((attributes) =>
    // A set: the order of its attributes says nothing.
    attributes.map(attributeKey).sort().join('\u0001'),
  );
}

/** One key for a whole name. */
export function canonicalKey(parts: readonly string[]): string {
  return parts.join('\u0002');
}

/** The key of a Name's DER; throws INVALID_INPUT when it is not a Name. */
export function canonicalKeyOf(der: Uint8Array): string {
  return canonicalKey(canonicalName(readWholeName(der)));
}

function attributeKey({ oid, text, encoded }: NameAttribute): string {
  if (text === undefined) return `${oid}#${Buffer.from(encoded).toString('hex')}`;
  return `${oid}=${prepare(text)}`;
}

/** Plain lower-case text needs no preparation, and most names are nearly that. */
const isPlain = /^[!-~]+( [!-~]+)*$/;

/** RFC 4518 section 2: map, normalise (NFKC), fold case, drop what has no width, and fold white space. */
function prepare(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase();
  return text
    .replace(/[\t\n\v\f\r\u0085]/g, ' ')
    .replace(/\p{Default_Ignorable_Code_Point}|\ufffc|\p{Cc}|\p{Cf}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\u00df', 'ss')
    .replaceAll('\u03c2', '\u03c3')
    .normalize('NFKC')
    .replace(/[\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/^ | $/g, '');
}
