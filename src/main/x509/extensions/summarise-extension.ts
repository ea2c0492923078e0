/** Says in one line what an extension holds, for people who look at a certificate. */
import type { DerReader } from '../der/der-reader.ts';
import { contextGroup, contextValue, tags } from '../der/der-tags.ts';
import { readStringIf } from '../names/directory-string.ts';
import { readGeneralName } from '../names/general-name.ts';
import { readExtendedKeyUsages } from './extended-key-usage.ts';
import { type ExtensionName, extensionNames } from './extension-oids.ts';
import { readKeyUsages } from './key-usage.ts';
import { type Extension, readBasicConstraints, readGeneralNames } from './read-extensions.ts';

/** Bytes shown of a value that has no other reading. */
const shownBytes = 1024;

/** The line for one extension; throws the reader's error when a known extension is malformed. */
export function summariseExtension({ oid, value, reader }: Extension): string {
  const name = extensionNames.get(oid);
  const summarise = name === undefined ? undefined : summaries[name];
  return summarise === undefined ? hexOf(value) : summarise(reader());
}

/** Upper-case hexadecimal, cut where it stops being of use to a reader. */
function hexOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, shownBytes)).toString('hex').toUpperCase();
  return bytes.length > shownBytes ? `${text}... (${bytes.length} bytes)` : text;
}

type Summarise = (value: DerReader) => string;

const generalNames =
  (what: string): Summarise =>
  (value) =>
    readGeneralNames(value, what)
      .map(({ text }) => text)
      .join(', ');

const summaries: Partial<Record<ExtensionName, Summarise>> = {
  subjectAltName: generalNames('subjectAltName'),
  issuerAltName: generalNames('issuerAltName'),
  keyUsage: (value) => readKeyUsages(value).join(', '),
  extKeyUsage: (value) => readExtendedKeyUsages(value).join(', '),
  basicConstraints(value) {
    const { isCa, pathLength } = readBasicConstraints(value);
    return `${isCa ? 'CA' : 'not a CA'}${pathLength === undefined ? '' : `, path length ${pathLength}`}`;
  },
  subjectKeyIdentifier: (value) => hexOf(readSubjectKeyIdentifier(value)),
  authorityKeyIdentifier: summariseAuthorityKeyIdentifier,
  cRLDistributionPoints: summariseDistributionPoints,
  freshestCRL: summariseDistributionPoints,
  authorityInfoAccess: summariseInfoAccess,
  subjectInfoAccess: summariseInfoAccess,
  certificatePolicies: summarisePolicies,
  nameConstraints: summariseNameConstraints,
  policyConstraints: summarisePolicyConstraints,
  policyMappings: summarisePolicyMappings,
  inhibitAnyPolicy: (value) => `after ${value.smallInteger('inhibitAnyPolicy')} certificates`,
  ocspNoCheck: () => 'not checked for revocation',
  precertificatePoison: () => 'not to be used: a precertificate for transparency logs',
  tlsFeature: summariseTlsFeatures,
  netscapeComment: (value) => readStringIf(value, 'comment') ?? '',
  microsoftTemplateName: (value) => readStringIf(value, 'template name') ?? '',
};

/** Reads subjectKeyIdentifier (RFC 5280 section 4.2.1.2). */
export function readSubjectKeyIdentifier(value: DerReader): Uint8Array {
  const identifier = value.octetString('subjectKeyIdentifier');
  value.finish('subjectKeyIdentifier');
  return identifier;
}

/** Reads the key's part of authorityKeyIdentifier (section 4.2.1.1); undefined when it is not there. */
export function readAuthorityKeyIdentifier(value: DerReader): Uint8Array | undefined {
  const content = value.enter(tags.sequence, 'authorityKeyIdentifier');
  value.finish('authorityKeyIdentifier');
  return content.peek() === contextValue(0)
    ? content.content(contextValue(0), 'authorityKeyIdentifier')
    : undefined;
}

function summariseAuthorityKeyIdentifier(value: DerReader): string {
  const identifier = readAuthorityKeyIdentifier(value);
  return identifier === undefined ? 'by issuer and serial number' : hexOf(identifier);
}

function summariseDistributionPoints(value: DerReader): string {
  const what = 'distribution points';
  const parts: string[] = [];
  forEach(value.enter(tags.sequence, what), (list) => {
    const point = list.enter(tags.sequence, what);
    const name = point.enterIf(contextGroup(0), what);
    const fullName = name?.enterIf(contextGroup(0), what);
    if (fullName !== undefined) forEach(fullName, () => parts.push(readGeneralName(fullName, what).text));
    else if (name !== undefined) parts.push('relative to the issuer');
    const reasons = point.peek() === contextValue(1);
    if (reasons) point.element(what);
    const issuer = point.enterIf(contextGroup(2), what);
    if (issuer !== undefined)
      forEach(issuer, () => parts.push(`issued by ${readGeneralName(issuer, what).text}`));
    point.finish(what);
  });
  return parts.join(', ');
}

const accessMethods: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.5.5.7.48.1', 'OCSP'],
  ['1.3.6.1.5.5.7.48.2', 'CA issuers'],
  ['1.3.6.1.5.5.7.48.3', 'time stamping'],
  ['1.3.6.1.5.5.7.48.5', 'CA repository'],
]);

function summariseInfoAccess(value: DerReader): string {
  const parts: string[] = [];
  forEach(value.enter(tags.sequence, 'information access'), (list) => {
    const item = list.enter(tags.sequence, 'information access');
    const oid = item.objectIdentifier('access method');
    parts.push(`${accessMethods.get(oid) ?? oid} ${readGeneralName(item, 'access location').text}`);
    item.finish('information access');
  });
  return parts.join(', ');
}

function summarisePolicies(value: DerReader): string {
  const parts: string[] = [];
  forEach(value.enter(tags.sequence, 'certificatePolicies'), (list) => {
    const policy = list.enter(tags.sequence, 'policy');
    const oid = policy.objectIdentifier('policy');
    let text = oid === '2.5.29.32.0' ? 'any policy' : oid;
    const qualifiers = policy.enterIf(tags.sequence, 'policy qualifiers');
    while (qualifiers !== undefined && !qualifiers.isEmpty) {
      const qualifier = qualifiers.enter(tags.sequence, 'policy qualifier');
      const kind = qualifier.objectIdentifier('policy qualifier');
      const uri = kind === '1.3.6.1.5.5.7.2.1' ? readStringIf(qualifier, 'practice statement') : undefined;
      text += ` (${uri ?? noticeOf(qualifier) ?? 'with a notice'})`;
    }
    parts.push(text);
  });
  return parts.join(', ');
}

/** The text of a user notice, which stands behind an optional reference; undefined where it has none. */
function noticeOf(qualifier: DerReader): string | undefined {
  const notice = qualifier.enterIf(tags.sequence, 'user notice');
  notice?.enterIf(tags.sequence, 'user notice');
  const text = notice && readStringIf(notice, 'user notice');
  return text === undefined ? undefined : `"${text}"`;
}

function summarisePolicyMappings(value: DerReader): string {
  const parts: string[] = [];
  forEach(value.enter(tags.sequence, 'policyMappings'), (list) => {
    const mapping = list.enter(tags.sequence, 'policyMappings');
    const issuerPolicy = mapping.objectIdentifier('policyMappings');
    parts.push(`${mapping.objectIdentifier('policyMappings')} counts as ${issuerPolicy}`);
  });
  return parts.join(', ');
}

function summariseNameConstraints(value: DerReader): string {
  const content = value.enter(tags.sequence, 'nameConstraints');
  const parts: string[] = [];
  for (const [number, label] of [
    [0, 'permitted'],
    [1, 'excluded'],
  ] as const) {
    const subtrees = content.enterIf(contextGroup(number), 'nameConstraints');
    if (subtrees === undefined) continue;
    const names: string[] = [];
    forEach(subtrees, () =>
      names.push(readGeneralName(subtrees.enter(tags.sequence, 'subtree'), 'subtree', true).text),
    );
    parts.push(`${label}: ${names.join(', ')}`);
  }
  content.finish('nameConstraints');
  return parts.join('; ');
}

function summarisePolicyConstraints(value: DerReader): string {
  const content = value.enter(tags.sequence, 'policyConstraints');
  const parts: string[] = [];
  for (const [number, label] of [
    [0, 'explicit policy required'],
    [1, 'policy mapping inhibited'],
  ] as const) {
    if (content.peek() !== contextValue(number)) continue;
    parts.push(
      `${label} after ${content.smallInteger('policyConstraints', contextValue(number))} certificates`,
    );
  }
  content.finish('policyConstraints');
  return parts.join(', ');
}

/** RFC 7633. */
function summariseTlsFeatures(value: DerReader): string {
  const parts: string[] = [];
  forEach(value.enter(tags.sequence, 'TLS features'), (list) => {
    const feature = list.smallInteger('TLS feature');
    parts.push(feature === 5 ? 'status_request (must staple)' : String(feature));
  });
  return parts.join(', ');
}

function forEach(list: DerReader, read: (list: DerReader) => void): void {
  while (!list.isEmpty) read(list);
}
