/** Certificates, requests and CRLs as sections of fields, for the viewer and for the text form. */
import { ChanceryError } from '../../../shared/errors.ts';
import type { SubjectAltName } from '../../../shared/model/names.ts';
import { type ParsedCertificate, parseCertificate } from '../certificate/parse-certificate.ts';
import { crlEntries } from '../crl/find-crl-entry.ts';
import { parseCrl } from '../crl/parse-crl.ts';
import { parseCsr } from '../csr/parse-csr.ts';
import { extensionNames } from '../extensions/extension-oids.ts';
import { summariseExtension } from '../extensions/summarise-extension.ts';
import { classifyDer } from '../files/classify-der.ts';
import { formatName } from '../names/format-name.ts';
import { describePublicKey } from '../public-key/subject-public-key.ts';
import {
  encryptedKeySections,
  ocspRequestSections,
  ocspResponseSections,
  pkcs7Sections,
  pkcs12Sections,
  privateKeySections,
} from './view-container.ts';
import { hexPairs, type ViewField, type ViewSection } from './view-section.ts';

/** Entries of a CRL that are shown; a person looks for one by its serial number instead. */
const shownEntries = 100;

/**
 * The fields of anything in DER that is recognised; of keys and key stores, what stands on their outside. Throws
 * INVALID_INPUT for what is not, and the kind's own error when it cannot be read.
 */
export function viewFields(der: Uint8Array): ViewSection[] {
  switch (classifyDer(der)) {
    case 'certificate':
      return certificateSections(parseCertificate(der));
    case 'csr':
      return requestSections(der);
    case 'crl':
      return crlSections(der);
    case 'public-key':
      return [keySection(der)];
    case 'private-key':
      return privateKeySections(der);
    case 'encrypted-private-key':
      return encryptedKeySections(der);
    case 'pkcs7':
      return pkcs7Sections(der);
    case 'pkcs12':
      return pkcs12Sections(der);
    case 'ocsp-request':
      return ocspRequestSections(der);
    case 'ocsp-response':
      return ocspResponseSections(der);
    default:
      throw new ChanceryError({
        code: 'INVALID_INPUT',
        detail: 'This is nothing in DER that has fields to be shown.',
      });
  }
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const timeText = (time: Date) => time.toISOString().replace('.000Z', 'Z');
const altNameText = ({ type, value }: SubjectAltName) => `${type}:${value}`;

function keySection(spki: Uint8Array): ViewSection {
  const fields = [
    { name: 'algorithm', value: describePublicKey(spki).description },
    { name: 'encoded', value: hexPairs(hexOf(spki)) },
  ];
  return { name: 'subjectPublicKeyInfo', fields };
}

function certificateSections(certificate: ParsedCertificate): ViewSection[] {
  const { extensions, signatureAlgorithm } = certificate;
  return [
    {
      name: 'certificate',
      fields: [
        { name: 'version', value: String(certificate.version) },
        { name: 'serialNumber', value: hexPairs(certificate.serialNumber) },
        { name: 'signatureAlgorithm', value: signatureAlgorithm },
        { name: 'issuer', value: certificate.issuer.text },
        { name: 'notBefore', value: timeText(certificate.notBefore) },
        { name: 'notAfter', value: timeText(certificate.notAfter) },
        { name: 'subject', value: certificate.subject.text },
      ],
    },
    keySection(certificate.spki),
    {
      name: 'extensions',
      fields: extensions.map(({ name, critical, summary }) => ({ name, value: summary, critical })),
    },
    signatureSection(signatureAlgorithm, certificate.signature),
    {
      name: 'fingerprints',
      fields: [
        { name: 'sha256', value: hexPairs(certificate.sha256Fingerprint) },
        { name: 'sha1', value: hexPairs(certificate.sha1Fingerprint) },
      ],
    },
  ];
}

function signatureSection(algorithm: string, signature: Uint8Array): ViewSection {
  const fields = [
    { name: 'algorithm', value: algorithm },
    { name: 'value', value: hexPairs(hexOf(signature)) },
  ];
  return { name: 'signature', fields };
}

function requestSections(der: Uint8Array): ViewSection[] {
  const csr = parseCsr(der);
  const requested: ViewField[] = [
    { name: 'subjectAltName', value: csr.subjectAltNames.map(altNameText).join(', ') },
    { name: 'keyUsage', value: csr.requestedKeyUsages.join(', ') },
    { name: 'extKeyUsage', value: csr.requestedExtendedKeyUsages.join(', ') },
    { name: 'basicConstraints', value: csr.isCa === undefined ? '' : csr.isCa ? 'CA' : 'not a CA' },
    { name: 'other', value: csr.unknownExtensionOids.join(', ') },
  ];
  return [
    { name: 'request', fields: [{ name: 'subject', value: formatName(csr.subjectDer) }] },
    keySection(csr.spki),
    { name: 'extensions', fields: requested.filter(({ value }) => value !== '') },
    signatureSection(csr.signatureAlgorithm, csr.signature),
  ];
}

function crlSections(der: Uint8Array): ViewSection[] {
  const crl = parseCrl(der);
  const entries: ViewField[] = [];
  for (const { serialNumber, revokedAt, reason } of crlEntries(crl)) {
    if (entries.length >= shownEntries) break;
    const value = reason === undefined ? timeText(revokedAt) : `${timeText(revokedAt)}, ${reason}`;
    entries.push({ name: hexPairs(hexOf(serialNumber)), value });
  }
  const more = crl.entryCount - entries.length;
  return [
    {
      name: 'crl',
      fields: [
        { name: 'version', value: String(crl.version) },
        { name: 'signatureAlgorithm', value: crl.signatureAlgorithm },
        { name: 'issuer', value: crl.issuer.text },
        { name: 'thisUpdate', value: timeText(crl.thisUpdate) },
        { name: 'nextUpdate', value: crl.nextUpdate === undefined ? 'none' : timeText(crl.nextUpdate) },
      ],
    },
    {
      name: 'extensions',
      fields: crl.extensions.map((extension) => ({
        name: extensionNames.get(extension.oid) ?? extension.oid,
        value: summariseExtension(extension),
        critical: extension.critical,
      })),
    },
    {
      name: 'revokedCertificates',
      fields: more > 0 ? [...entries, { name: 'more', value: String(more) }] : entries,
    },
    signatureSection(crl.signatureAlgorithm, crl.signature),
  ];
}
