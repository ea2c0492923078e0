/**
 * How this program's reading differs from OpenSSL's, class by class, each with its reason. differential.test.ts
 * holds changed files against both; a difference that no row explains fails it.
 */

export interface Difference {
  /**
   * stricter: refused here alone, with a message that matches. looser: refused by OpenSSL alone, which gives this
   * reason. other: read by both, with another result.
   */
  readonly kind: 'stricter' | 'looser' | 'other';
  readonly says: RegExp;
  readonly because: string;
}

const stricter = (says: RegExp, because: string): Difference => ({ kind: 'stricter', says, because });
const looser = (says: RegExp, because: string): Difference => ({ kind: 'looser', says, because });
const other = (says: RegExp, because: string): Difference => ({ kind: 'other', says, because });

/** Before the message of a refusal stands where it arose: in the frame, or within a value that OpenSSL keeps shut. */
export const differences: readonly Difference[] = [
  stricter(
    /^value: /,
    "OpenSSL keeps an extension's value and a key's bits as bytes until somebody asks for them; here a file is read whole or not at all (RFC 5280 section 4.2: a value has the syntax of its extension).",
  ),
  stricter(
    /length that is not in its shortest form|indefinite length/,
    'X.690 section 10.1: DER has one form of a length. OpenSSL reads BER.',
  ),
  stricter(
    /a length of \d+ bytes/,
    'X.690 section 10.1: no file has lengths that need more than four bytes.',
  ),
  stricter(
    /tag of several bytes/,
    'X.690 section 8.1.2.2: numbers below 31 have a tag of one byte, and X.509 has no others.',
  ),
  stricter(
    /has the tag 0x(?:2|3)\w where/,
    'X.690 section 10.2: strings are primitive in DER. OpenSSL reads BER.',
  ),
  stricter(
    /has the tag 0x1[01] where 0x3[01] is due/,
    'X.690 sections 8.9.1 and 8.11.1: a SEQUENCE and a SET are constructed. OpenSSL passes over that bit in a list.',
  ),
  stricter(
    /is followed by \d+ bytes that do not belong|longer than what holds it|an element is cut off/,
    'OpenSSL ignores what stands behind the outermost element, and what is inside of one of the type ANY.',
  ),
  stricter(
    /it has \d+ bytes, more than the allowed/,
    'Every format has a size beyond which no honest file is.',
  ),
  stricter(/nested more than 32 levels/, 'Nothing in X.509 is as deep; the bound keeps hostile files cheap.'),
  stricter(
    /an attribute of the .* is missing/,
    'X.501: a RelativeDistinguishedName has one attribute at least.',
  ),
  stricter(/is not an object identifier/, 'Longer than 64 bytes, or with padding (X.690 section 8.19.2).'),
  stricter(
    /is not a DER boolean/,
    'X.690 section 11.1: true is 0xff. (OpenSSL takes any byte but 0; a written-out FALSE is taken here, too.)',
  ),
  stricter(
    /two signature algorithms differ/,
    'RFC 5280 sections 4.1.1.2 and 5.1.1.2: both MUST be the same.',
  ),
  stricter(
    /its version is not|version is not from 0|extensions, which version 1 has not/,
    'RFC 5280 sections 4.1.2.1 and 5.1.2.1. OpenSSL keeps any number.',
  ),
  stricter(
    /serial number is longer than 20 bytes|not an integer of at most 20 bytes/,
    'RFC 5280 section 4.1.2.2.',
  ),
  stricter(
    /is not a time of RFC 5280|is not a real date/,
    'RFC 5280 section 4.1.2.5: with seconds, in UTC, without fractions. OpenSSL keeps any text as a time.',
  ),
  stricter(
    /holds a NUL character/,
    'It makes other software see a shorter name than the one that was checked (CVE-2009-2408).',
  ),
  stricter(
    /bytes that its string type does not allow/,
    'X.680 section 41: a UTF8String is UTF-8, a PrintableString ASCII. OpenSSL does not look at the bytes.',
  ),
  stricter(
    /bit string that does not end at a byte|is not a bit string|unused bits are not zero/,
    'Keys and signatures are whole bytes, and X.690 section 11.2.1 wants unused bits to be zero.',
  ),
  stricter(
    /the extension [\d.]+ is there twice/,
    'RFC 5280 section 4.2: an extension is there once. OpenSSL marks such certificates invalid later.',
  ),
  stricter(/a reason is none of RFC 5280/, 'RFC 5280 section 5.3.1. OpenSSL keeps any number.'),
  looser(
    /ASN1_PRINTABLE|Type=X509_NAME_ENTRY/,
    'X.501: the value of an attribute is of any type. It is kept, and shown in hexadecimal (RFC 4514 section 2.4).',
  ),
  looser(
    /Field=parameter, Type=X509_ALGOR/,
    'The parameters of an algorithm are of any type (RFC 5280 section 4.1.1.2); whoever uses the algorithm reads them.',
  ),
  looser(
    /^taken by the command line$/,
    'The OpenSSL within Node looks into parameters that are a string or a time; an older one, and this program, do not.',
  ),
  other(
    /^ca: ours alone/,
    'OpenSSL takes nothing for an authority in which any extension is malformed, also one that it only skims here.',
  ),
  other(
    /^key: refused by theirs/,
    'A point that is not on its curve: found by the linter, and by the runtime when the key is used.',
  ),
  other(
    /^key: written otherwise/,
    'OpenSSL writes a key of a kind that is not issued for in a form of its own; here its bytes are kept.',
  ),
];

/** The row that explains a difference. */
export function explain(kind: Difference['kind'], message: string): Difference | undefined {
  return differences.find((row) => row.kind === kind && row.says.test(message));
}
