/** Certificates, requests and CRLs for the rules: everything as it stands, nothing refused that can be named. */
import {
  contextGroup,
  contextValue,
  type DerFormat,
  DerReader,
  decodeString,
  tags,
} from '../../x509/index.ts';
import { type Extensions, noExtensions, readExtensions } from './read-extensions.ts';
import { type Algorithm, type PublicKey, readAlgorithm, readPublicKey } from './read-key.ts';
import { type Name, readName } from './read-name.ts';
import { isTimeNext, readTimeField, type TimeField } from './read-time.ts';

/** What is signed, and the algorithm that stands beside the signature, where there is one. */
export interface SignedDocument {
  readonly outerAlgorithm: Algorithm | undefined;
  readonly extensions: Extensions;
}

export interface CertificateDocument extends SignedDocument {
  readonly kind: 'certificate';
  /** 1, 2, 3, or what else is written. */
  readonly version: number;
  readonly writesDefaultVersion: boolean;
  /** The content of the INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly algorithm: Algorithm;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: TimeField;
  readonly notAfter: TimeField;
  readonly key: PublicKey;
  readonly hasUniqueIds: boolean;
  readonly hasExtensionsField: boolean;
  readonly isCa: boolean;
  readonly isSelfIssued: boolean;
}

export interface RequestDocument extends SignedDocument {
  readonly kind: 'request';
  readonly version: number;
  readonly algorithm: Algorithm | undefined;
  readonly subject: Name;
  readonly key: PublicKey;
  readonly attributeOids: readonly string[];
  readonly isCa: boolean;
}

export interface CrlEntry {
  readonly serialNumber: Uint8Array;
  readonly revocationDate: TimeField;
  readonly extensions: Extensions;
}

export interface CrlDocument extends SignedDocument {
  readonly kind: 'crl';
  readonly version: number;
  readonly algorithm: Algorithm;
  readonly issuer: Name;
  readonly thisUpdate: TimeField;
  readonly nextUpdate: TimeField | undefined;
  /** Undefined when the list is left away, as it must be when there is nothing in it. */
  readonly entries: readonly CrlEntry[] | undefined;
}

const certificateFormat: DerFormat = { code: 'INVALID_CERTIFICATE', name: 'certificate', maxBytes: 262_144 };
const requestFormat: DerFormat = { code: 'INVALID_CSR', name: 'certificate request', maxBytes: 262_144 };
const crlFormat: DerFormat = { code: 'INVALID_CERTIFICATE', name: 'CRL', maxBytes: 64 * 1024 * 1024 };

/** Opens what is signed, alone or with its signature: SIGNED{} has three parts, the last a BIT STRING. */
function open(
  der: Uint8Array,
  format: DerFormat,
): { body: DerReader; outerAlgorithm: Algorithm | undefined } {
  const root = DerReader.open(der, format);
  root.checkStructure();
  const outer = root.enter(tags.sequence, format.name);
  root.finish(`the ${format.name}`);
  const ahead = outer.fork();
  const parts: number[] = [];
  while (!ahead.isEmpty && parts.length < 4) {
    parts.push(ahead.peek());
    ahead.element(format.name);
  }
  const isSigned = parts.join() === [tags.sequence, tags.sequence, tags.bitString].join();
  if (!isSigned) return { body: outer, outerAlgorithm: undefined };
  const body = outer.enter(tags.sequence, format.name);
  return { body, outerAlgorithm: readAlgorithm(outer, 'signature algorithm') };
}

/** Reads a certificate or a TBSCertificate; throws INVALID_CERTIFICATE where its structure is broken. */
export function readCertificateDocument(der: Uint8Array): CertificateDocument {
  const { body, outerAlgorithm } = open(der, certificateFormat);
  const holder = body.enterIf(contextGroup(0), 'version');
  const version = (holder?.smallInteger('version') ?? 0) + 1;
  const serialNumber = body.integer('serial number');
  const algorithm = readAlgorithm(body, 'signature algorithm');
  const issuer = readName(body, 'issuer');
  const validity = body.enter(tags.sequence, 'validity');
  const notBefore = readTimeField(validity, 'notBefore');
  const notAfter = readTimeField(validity, 'notAfter');
  validity.finish('the validity');
  const subject = readName(body, 'subject');
  const key = readPublicKey(body);
  let hasUniqueIds = false;
  for (const number of [1, 2]) {
    if (body.peek() !== contextValue(number)) continue;
    body.element('unique identifier');
    hasUniqueIds = true;
  }
  const field = body.enterIf(contextGroup(3), 'extensions');
  const extensions = field === undefined ? noExtensions : readExtensions(field);
  body.finish('the signed part');
  return {
    kind: 'certificate',
    outerAlgorithm,
    version,
    writesDefaultVersion: holder !== undefined && version === 1,
    serialNumber,
    algorithm,
    issuer,
    subject,
    notBefore,
    notAfter,
    key,
    hasUniqueIds,
    hasExtensionsField: field !== undefined,
    extensions,
    isCa: extensions.values.basicConstraints?.ca ?? false,
    isSelfIssued: Buffer.compare(issuer.der, subject.der) === 0,
  };
}

const extensionRequestOids = ['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14'];

/** Reads a certification request or its CertificationRequestInfo; throws INVALID_CSR where it is broken. */
export function readRequestDocument(der: Uint8Array): RequestDocument {
  const { body, outerAlgorithm } = open(der, requestFormat);
  const version = body.smallInteger('version');
  const subject = readName(body, 'subject');
  const key = readPublicKey(body);
  const attributes = body.enterIf(contextGroup(0), 'attributes');
  const attributeOids: string[] = [];
  let extensions = noExtensions;
  while (attributes !== undefined && !attributes.isEmpty) {
    const attribute = attributes.enter(tags.sequence, 'attribute');
    const oid = attribute.objectIdentifier('attribute type');
    attributeOids.push(oid);
    if (!extensionRequestOids.includes(oid) || extensions !== noExtensions) continue;
    extensions = readExtensions(attribute.enter(tags.set, 'extension request'));
  }
  body.finish('the request');
  const isCa = extensions.values.basicConstraints?.ca ?? false;
  const algorithm = outerAlgorithm;
  return {
    kind: 'request',
    outerAlgorithm,
    algorithm,
    version,
    subject,
    key,
    attributeOids,
    extensions,
    isCa,
  };
}

/** Reads a CRL or a TBSCertList; throws INVALID_CERTIFICATE where its structure is broken. */
export function readCrlDocument(der: Uint8Array): CrlDocument {
  const { body, outerAlgorithm } = open(der, crlFormat);
  const version = body.peek() === tags.integer ? body.smallInteger('version') + 1 : 1;
  const algorithm = readAlgorithm(body, 'signature algorithm');
  const issuer = readName(body, 'issuer');
  const thisUpdate = readTimeField(body, 'thisUpdate');
  const nextUpdate = isTimeNext(body) ? readTimeField(body, 'nextUpdate') : undefined;
  const list = body.enterIf(tags.sequence, 'revoked certificates');
  const entries = list && readEntries(list);
  const field = body.enterIf(contextGroup(0), 'extensions');
  const extensions = field === undefined ? noExtensions : readExtensions(field);
  body.finish('the signed part');
  return {
    kind: 'crl',
    outerAlgorithm,
    version,
    algorithm,
    issuer,
    thisUpdate,
    nextUpdate,
    entries,
    extensions,
  };
}

function readEntries(list: DerReader): CrlEntry[] {
  const entries: CrlEntry[] = [];
  while (!list.isEmpty) {
    const entry = list.enter(tags.sequence, 'revoked certificate');
    const serialNumber = entry.integer('serial number');
    const revocationDate = readTimeField(entry, 'revocation date');
    const extensions = entry.isEmpty ? noExtensions : readExtensions(entry);
    entry.finish('the revoked certificate');
    entries.push({ serialNumber, revocationDate, extensions });
  }
  return entries;
}

/** The texts of the subject's common names. */
export function commonNamesOf({ subject }: { readonly subject: Name }): string[] {
  return subject.relativeNames
    .flatMap(({ attributes }) => attributes)
    .filter(({ oid }) => oid === '2.5.4.3')
    .map(({ tag, content }) => decodeString(tag, content) ?? '');
}
