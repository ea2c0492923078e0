/** Names of subjects and issuers: RFC 5280 sections 4.1.2.4 and 4.1.2.6, and the bounds of its appendix A. */
import { tags } from '../../x509/index.ts';
import type { CertificateDocument } from '../read/read-document.ts';
import type { Name, NameAttribute } from '../read/read-name.ts';
import type { Problem, Rule } from '../rule.ts';

/** Whatever has one name or two. */
interface Named {
  readonly issuer?: Name;
  readonly subject?: Name;
}

type Field = 'issuer' | 'subject';

/** What is wrong with single attributes, with the path to each. */
function eachAttribute(named: Named, problem: (attribute: NameAttribute) => string | undefined): Problem[] {
  const problems: Problem[] = [];
  for (const field of ['issuer', 'subject'] satisfies Field[]) {
    for (const [i, { attributes }] of (named[field]?.relativeNames ?? []).entries()) {
      for (const attribute of attributes) {
        const message = problem(attribute);
        if (message !== undefined) problems.push({ path: [field, i, labelOf(attribute)], message });
      }
    }
  }
  return problems;
}

interface AttributeType {
  readonly name: string;
  /** Upper bound in characters, appendix A.1. */
  readonly max: number;
  /** The only string type that it may have; the rest are DirectoryStrings. */
  readonly tag?: number;
}

const types: ReadonlyMap<string, AttributeType> = new Map([
  ['2.5.4.3', { name: 'commonName', max: 64 }],
  ['2.5.4.4', { name: 'surname', max: 32_768 }],
  ['2.5.4.5', { name: 'serialNumber', max: 64, tag: tags.printableString }],
  ['2.5.4.6', { name: 'countryName', max: 2, tag: tags.printableString }],
  ['2.5.4.7', { name: 'localityName', max: 128 }],
  ['2.5.4.8', { name: 'stateOrProvinceName', max: 128 }],
  ['2.5.4.10', { name: 'organizationName', max: 64 }],
  ['2.5.4.11', { name: 'organizationalUnitName', max: 64 }],
  ['2.5.4.12', { name: 'title', max: 64 }],
  ['2.5.4.42', { name: 'givenName', max: 32_768 }],
  ['2.5.4.43', { name: 'initials', max: 32_768 }],
  ['2.5.4.44', { name: 'generationQualifier', max: 32_768 }],
  ['2.5.4.46', { name: 'dnQualifier', max: 32_768, tag: tags.printableString }],
  ['2.5.4.65', { name: 'pseudonym', max: 128 }],
  ['0.9.2342.19200300.100.1.25', { name: 'domainComponent', max: 63, tag: tags.ia5String }],
  ['1.2.840.113549.1.9.1', { name: 'emailAddress', max: 255, tag: tags.ia5String }],
]);

const tagNames: ReadonlyMap<number, string> = new Map([
  [tags.utf8String, 'UTF8String'],
  [tags.printableString, 'PrintableString'],
  [tags.ia5String, 'IA5String'],
  [tags.teletexString, 'TeletexString'],
  [tags.bmpString, 'BMPString'],
  [tags.universalString, 'UniversalString'],
]);

function labelOf({ oid }: NameAttribute): string {
  return types.get(oid)?.name ?? oid;
}

const tagName = (tag: number) => tagNames.get(tag) ?? `a type with the tag ${tag}`;

const isDirectoryString = ({ oid }: NameAttribute) => {
  const type = types.get(oid);
  return type !== undefined && type.tag === undefined;
};

export const nameRules: readonly Rule<Named>[] = [
  {
    id: 'rfc5280.name.issuer-empty',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.4',
    path: ['issuer'],
    hint: 'Give the authority a name.',
    check: ({ issuer }) => (issuer?.isEmpty ? 'The issuer has no name.' : undefined),
  },
  {
    id: 'x690.name.characters',
    severity: 'error',
    source: 'X.680 section 41',
    path: [],
    hint: 'Write the text as UTF8String.',
    check: (named) =>
      eachAttribute(named, (attribute) => {
        const { tag, text } = attribute;
        const isWrong =
          (tagNames.has(tag) && text === undefined) ||
          (tag === tags.printableString && !/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text ?? ''));
        return isWrong ? `The ${labelOf(attribute)} has characters that ${tagName(tag)} lacks.` : undefined;
      }),
  },
  {
    id: 'rfc5280.name.string-type',
    severity: 'error',
    source: 'RFC 5280 appendix A.1',
    path: [],
    hint: 'Write the value in the string type that its attribute has.',
    check: (named) =>
      eachAttribute(named, (attribute) => {
        const wanted = types.get(attribute.oid)?.tag;
        return wanted !== undefined && attribute.tag !== wanted
          ? `The ${labelOf(attribute)} is ${tagName(attribute.tag)}, where only ${tagName(wanted)} is allowed.`
          : undefined;
      }),
  },
  {
    id: 'rfc5280.name.directory-string',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.4',
    path: [],
    hint: 'Write the value as UTF8String.',
    check: (named) =>
      eachAttribute(named, (attribute) => {
        const known: number[] = [
          tags.utf8String,
          tags.printableString,
          tags.teletexString,
          tags.bmpString,
          tags.universalString,
        ];
        return isDirectoryString(attribute) && !known.includes(attribute.tag)
          ? `The ${labelOf(attribute)} is ${tagName(attribute.tag)}, which is not a DirectoryString.`
          : undefined;
      }),
  },
  {
    id: 'rfc5280.name.old-string-type',
    severity: 'warning',
    source: 'RFC 5280 section 4.1.2.4',
    path: [],
    hint: 'Write new names as UTF8String; a name in use keeps its type, since it is compared byte for byte.',
    check: (named) =>
      eachAttribute(named, (attribute) => {
        const old: number[] = [tags.teletexString, tags.bmpString, tags.universalString];
        return isDirectoryString(attribute) && old.includes(attribute.tag)
          ? `The ${labelOf(attribute)} is ${tagName(attribute.tag)}, which is kept for names of old only.`
          : undefined;
      }),
  },
  {
    id: 'rfc5280.name.upper-bound',
    severity: 'error',
    source: 'RFC 5280 appendix A.1',
    path: [],
    hint: 'Shorten the value; a host name that is longer belongs into the subject alternative names alone.',
    check: (named) =>
      eachAttribute(named, (attribute) => {
        const max = types.get(attribute.oid)?.max ?? Number.POSITIVE_INFINITY;
        const length = [...(attribute.text ?? '')].length;
        return length > max
          ? `The ${labelOf(attribute)} has ${length} characters, more than the ${max} that are allowed.`
          : undefined;
      }),
  },
  {
    id: 'rfc5280.name.empty-value',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.4',
    path: [],
    hint: 'Leave the attribute away.',
    check: (named) =>
      eachAttribute(named, (attribute) =>
        attribute.content.length === 0 ? `The ${labelOf(attribute)} is empty.` : undefined,
      ),
  },
  {
    id: 'rfc5280.name.country',
    severity: 'error',
    source: 'RFC 5280 appendix A.1, ISO 3166-1',
    path: [],
    hint: 'Use the code of two capital letters, such as DE.',
    check: (named) =>
      eachAttribute(named, ({ oid, text }) =>
        oid === '2.5.4.6' && text !== undefined && !/^[A-Za-z]{2}$/.test(text)
          ? 'The countryName is not a code of two letters.'
          : undefined,
      ),
  },
  {
    id: 'hygiene.name.control-characters',
    severity: 'error',
    source: 'CVE-2009-2408',
    path: [],
    hint: 'Remove the control characters: software that stops at one sees another name than was checked.',
    check: (named) =>
      eachAttribute(named, (attribute) =>
        /\p{Cc}/u.test(attribute.text ?? '')
          ? `The ${labelOf(attribute)} has control characters.`
          : undefined,
      ),
  },
  {
    id: 'hygiene.name.blanks',
    severity: 'notice',
    source: 'RFC 4518 section 2.6',
    path: [],
    hint: 'Remove blanks at the ends and double ones, which comparison ignores and people overlook.',
    check: (named) =>
      eachAttribute(named, (attribute) =>
        /^ | $| {2}/.test(attribute.text ?? '')
          ? `The ${labelOf(attribute)} has blanks at its ends or several in a row.`
          : undefined,
      ),
  },
  {
    id: 'x690.name.set-order',
    severity: 'error',
    source: 'X.690 section 11.6',
    path: [],
    hint: 'Sort the attributes of one relative name by their encodings, or give each a relative name of its own.',
    check: (named) =>
      (['issuer', 'subject'] as const).flatMap((field) =>
        (named[field]?.relativeNames ?? []).flatMap(({ isSorted, attributes }, i) =>
          isSorted && attributes.length > 0
            ? []
            : [{ path: [field, i], message: 'The attributes of a relative name are not in their order.' }],
        ),
      ),
  },
  {
    id: 'rfc5280.name.email-in-subject',
    severity: 'notice',
    source: 'RFC 5280 section 4.1.2.6',
    path: ['subject'],
    hint: 'Put the address into the subject alternative names.',
    check: ({ subject }) =>
      subject?.relativeNames.some(({ attributes }) =>
        attributes.some(({ oid }) => oid === '1.2.840.113549.1.9.1'),
      )
        ? 'The subject holds an e-mail address, which new certificates carry as an alternative name.'
        : undefined,
  },
];

export const subjectRules: readonly Rule<CertificateDocument>[] = [
  {
    id: 'rfc5280.subject.authority-empty',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.6',
    path: ['subject'],
    hint: 'Give the authority a name: what it issues refers to it by this.',
    check: ({ isCa, subject }) => (isCa && subject.isEmpty ? 'The authority has no name.' : undefined),
  },
  {
    id: 'rfc5280.subject.empty',
    severity: 'error',
    source: 'RFC 5280 section 4.1.2.6',
    path: ['subject'],
    hint: 'Add a subject, or a critical subjectAltName.',
    applies: ({ subject, isCa }) => subject.isEmpty && !isCa,
    check: ({ extensions }) => {
      const extension = extensions.list.find(({ name }) => name === 'subjectAltName');
      if (extension === undefined) return 'Neither the subject nor a subjectAltName names anyone.';
      return extension.critical ? undefined : 'Without a subject, the subjectAltName must be critical.';
    },
  },
];
