/** What the known extensions hold, read without judging: each reader fails only where the syntax is broken. */
import { contextGroup, contextValue, type DerReader, tags } from '../../x509/index.ts';
import { contentOf, type GeneralName, readGeneralName, readGeneralNames } from './read-name.ts';
import { readTimeField } from './read-time.ts';

/** Takes the next element as a SEQUENCE, which must be all there is, and reads each element in it. */
function listOf<Item>(value: DerReader, what: string, read: (list: DerReader) => Item): Item[] {
  const list = value.enter(tags.sequence, what);
  value.finish(what);
  if (list.isEmpty) list.fail(`${what} is an empty list`);
  const items: Item[] = [];
  while (!list.isEmpty) items.push(read(list));
  return items;
}

function fieldsOf(value: DerReader, what: string): DerReader {
  const fields = value.enter(tags.sequence, what);
  value.finish(what);
  return fields;
}

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLength: number | undefined;
  readonly writesFalse: boolean;
}

function readBasicConstraints(value: DerReader): BasicConstraints {
  const what = 'basicConstraints';
  const fields = fieldsOf(value, what);
  const isWritten = fields.peek() === tags.boolean;
  const ca = isWritten && fields.boolean(what);
  const pathLength = fields.isEmpty ? undefined : fields.smallInteger(what);
  fields.finish(what);
  return { ca, pathLength, writesFalse: isWritten && !ca };
}

/** A BIT STRING of named bits: the numbers of those that are set, and whether it ends with one. */
export interface NamedBits {
  readonly set: ReadonlySet<number>;
  readonly isShortest: boolean;
}

function readNamedBits(value: DerReader, what: string, tag: number = tags.bitString): NamedBits {
  const { bytes, unusedBits } = value.bits(what, tag);
  value.finish(what);
  const count = Math.min(bytes.length * 8 - unusedBits, 64);
  const numbers = Array.from({ length: count }, (_, bit) => bit);
  const set = new Set(numbers.filter((bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0));
  return { set, isShortest: count === 0 || set.has(count - 1) };
}

export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | undefined;
  readonly hasIssuer: boolean;
  readonly hasSerialNumber: boolean;
}

function readAuthorityKeyIdentifier(value: DerReader): AuthorityKeyIdentifier {
  const what = 'authorityKeyIdentifier';
  const fields = fieldsOf(value, what);
  const keyIdentifier = fields.peek() === contextValue(0) ? fields.content(contextValue(0), what) : undefined;
  const issuer = fields.enterIf(contextGroup(1), what);
  if (issuer !== undefined) readGeneralNames(issuer, what);
  const hasSerialNumber = fields.peek() === contextValue(2);
  if (hasSerialNumber) fields.integer(what, contextValue(2));
  fields.finish(what);
  return { keyIdentifier, hasIssuer: issuer !== undefined, hasSerialNumber };
}

export interface Subtree {
  readonly name: GeneralName;
  /** minimum is not the default, or maximum is there: RFC 5280 allows neither. */
  readonly hasBounds: boolean;
}

function readSubtrees(holder: DerReader | undefined, what: string): Subtree[] {
  const subtrees: Subtree[] = [];
  while (holder !== undefined && !holder.isEmpty) {
    const subtree = holder.enter(tags.sequence, what);
    const name = readGeneralName(subtree, what);
    subtrees.push({ name, hasBounds: !subtree.isEmpty });
  }
  return subtrees;
}

function readNameConstraints(value: DerReader) {
  const what = 'nameConstraints';
  const fields = fieldsOf(value, what);
  const permitted = readSubtrees(fields.enterIf(contextGroup(0), what), what);
  const excluded = readSubtrees(fields.enterIf(contextGroup(1), what), what);
  fields.finish(what);
  return { permitted, excluded };
}

export interface Policy {
  readonly oid: string;
  /** The string types and lengths of the explicit texts in user notices. */
  readonly texts: readonly { readonly tag: number; readonly content: Uint8Array }[];
}

function readPolicy(list: DerReader): Policy {
  const what = 'certificatePolicies';
  const policy = list.enter(tags.sequence, what);
  const oid = policy.objectIdentifier(what);
  const texts: { tag: number; content: Uint8Array }[] = [];
  const qualifiers = policy.enterIf(tags.sequence, what);
  while (qualifiers !== undefined && !qualifiers.isEmpty) {
    const qualifier = qualifiers.enter(tags.sequence, what);
    const notice = qualifier.objectIdentifier(what) === '1.3.6.1.5.5.7.2.2';
    const fields = notice ? qualifier.enter(tags.sequence, what) : undefined;
    fields?.enterIf(tags.sequence, what);
    if (fields !== undefined && !fields.isEmpty) {
      texts.push({ tag: fields.peek(), content: contentOf(fields, what) });
    }
  }
  policy.finish(what);
  return { oid, texts };
}

function readPolicyMapping(list: DerReader) {
  const mapping = list.enter(tags.sequence, 'policyMappings');
  const issuerPolicy = mapping.objectIdentifier('policyMappings');
  const subjectPolicy = mapping.objectIdentifier('policyMappings');
  mapping.finish('policyMappings');
  return { issuerPolicy, subjectPolicy };
}

function readPolicyConstraints(value: DerReader) {
  const what = 'policyConstraints';
  const fields = fieldsOf(value, what);
  const numberAt = (tag: number) => (fields.peek() === tag ? fields.smallInteger(what, tag) : undefined);
  const required = numberAt(contextValue(0));
  const inhibited = numberAt(contextValue(1));
  fields.finish(what);
  return { required, inhibited };
}

export interface DistributionPoint {
  readonly names: readonly GeneralName[];
  readonly isRelative: boolean;
  readonly hasReasons: boolean;
  readonly hasIssuer: boolean;
}

function readDistributionPointName(holder: DerReader | undefined, what: string) {
  const full = holder?.enterIf(contextGroup(0), what);
  const names = full === undefined ? [] : readGeneralNames(full, what);
  return { names, isRelative: holder !== undefined && full === undefined };
}

function readDistributionPoint(list: DerReader): DistributionPoint {
  const what = 'distribution point';
  const point = list.enter(tags.sequence, what);
  const name = readDistributionPointName(point.enterIf(contextGroup(0), what), what);
  const hasReasons = point.peek() === contextValue(1);
  if (hasReasons) point.element(what);
  const issuer = point.enterIf(contextGroup(2), what);
  if (issuer !== undefined) readGeneralNames(issuer, what);
  point.finish(what);
  return { ...name, hasReasons, hasIssuer: issuer !== undefined };
}

export interface AccessDescription {
  readonly method: string;
  readonly location: GeneralName;
}

function readAccessDescription(list: DerReader): AccessDescription {
  const what = 'access description';
  const fields = list.enter(tags.sequence, what);
  const description = { method: fields.objectIdentifier(what), location: readGeneralName(fields, what) };
  fields.finish(what);
  return description;
}

function readIssuingDistributionPoint(value: DerReader) {
  const what = 'issuingDistributionPoint';
  const fields = fieldsOf(value, what);
  const isEmpty = fields.isEmpty;
  const { names, isRelative } = readDistributionPointName(fields.enterIf(contextGroup(0), what), what);
  // [1], [2] and [5] narrow the list to one kind of certificate, [4] says that it is of other issuers' too.
  const flags = new Set<number>();
  for (const number of [1, 2, 3, 4, 5]) {
    if (fields.peek() !== contextValue(number)) continue;
    if (fields.content(contextValue(number), what)[0] !== 0) flags.add(number);
  }
  fields.finish(what);
  return { isEmpty, names, isRelative, onlyKinds: [1, 2, 5].filter((number) => flags.has(number)).length };
}

function whole<Value>(read: (value: DerReader) => Value): (value: DerReader) => Value {
  return (value) => {
    const result = read(value);
    value.finish('the value of the extension');
    return result;
  };
}

/** The readers of the extensions that rules look into, by the extensions' names. */
export const extensionReaders = {
  basicConstraints: readBasicConstraints,
  keyUsage: (value: DerReader) => readNamedBits(value, 'keyUsage'),
  extKeyUsage: (value: DerReader) =>
    listOf(value, 'extKeyUsage', (list) => list.objectIdentifier('extKeyUsage')),
  subjectAltName: (value: DerReader) => readGeneralNames(fieldsOf(value, 'subjectAltName'), 'subjectAltName'),
  issuerAltName: (value: DerReader) => readGeneralNames(fieldsOf(value, 'issuerAltName'), 'issuerAltName'),
  subjectKeyIdentifier: whole((value) => value.octetString('subjectKeyIdentifier')),
  authorityKeyIdentifier: readAuthorityKeyIdentifier,
  nameConstraints: readNameConstraints,
  certificatePolicies: (value: DerReader) => listOf(value, 'certificatePolicies', readPolicy),
  policyMappings: (value: DerReader) => listOf(value, 'policyMappings', readPolicyMapping),
  policyConstraints: readPolicyConstraints,
  inhibitAnyPolicy: whole((value) => value.smallInteger('inhibitAnyPolicy')),
  cRLDistributionPoints: (value: DerReader) => listOf(value, 'cRLDistributionPoints', readDistributionPoint),
  freshestCRL: (value: DerReader) => listOf(value, 'freshestCRL', readDistributionPoint),
  authorityInfoAccess: (value: DerReader) => listOf(value, 'authorityInfoAccess', readAccessDescription),
  subjectInfoAccess: (value: DerReader) => listOf(value, 'subjectInfoAccess', readAccessDescription),
  tlsFeature: (value: DerReader) => listOf(value, 'tlsFeature', (list) => list.smallInteger('tlsFeature')),
  ocspNoCheck: whole((value) => value.content(tags.null, 'ocspNoCheck').length),
  cRLNumber: whole((value) => value.integer('cRLNumber')),
  deltaCRLIndicator: whole((value) => value.integer('deltaCRLIndicator')),
  issuingDistributionPoint: readIssuingDistributionPoint,
  reasonCode: whole((value) => value.smallInteger('reasonCode', tags.enumerated)),
  invalidityDate: whole((value) => readTimeField(value, 'invalidityDate')),
} as const;

export type KnownExtension = keyof typeof extensionReaders;
export type ExtensionValues = {
  readonly [Name in KnownExtension]?: ReturnType<(typeof extensionReaders)[Name]>;
};
