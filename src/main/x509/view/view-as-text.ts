/** The fields as plain text, laid out as people know it from `openssl x509 -text`. */
import { viewFields } from './view-fields.ts';
import type { ViewField, ViewSection } from './view-section.ts';

const titles: Readonly<Record<string, string>> = {
  certificate: 'Certificate',
  request: 'Certificate Request',
  pkcs7: 'PKCS#7',
  pkcs12: 'PKCS#12',
  privateKey: 'Private Key',
  encryptedPrivateKey: 'Encrypted Private Key',
  ocspRequest: 'OCSP Request',
  ocspResponse: 'OCSP Response',
  certID: 'Certificate ID',
  crl: 'Certificate Revocation List',
  subjectPublicKeyInfo: 'Subject Public Key Info',
  extensions: 'X509v3 extensions',
  revokedCertificates: 'Revoked Certificates',
  signature: 'Signature',
  fingerprints: 'Fingerprints',
};

const lineCharacters = 54;

/** The text of a certificate, request, CRL or public key in DER; throws as viewFields does. */
export function viewAsText(der: Uint8Array): string {
  return sectionsAsText(viewFields(der));
}

/** The same for sections that are at hand. */
export function sectionsAsText(sections: readonly ViewSection[]): string {
  return sections.filter(isShown).map(sectionText).join('');
}

function isShown({ fields }: ViewSection): boolean {
  return fields.length > 0;
}

function sectionText({ name, fields }: ViewSection): string {
  return `${titles[name] ?? name}:\n${fields.map(fieldText).join('')}`;
}

/** Values from outside may hold line breaks, with which they could pose as other fields. */
function fieldText({ name, value, critical }: ViewField): string {
  const safe = value.replace(/[\p{Cc}\u2028\u2029]/gu, '?');
  const head = `    ${name}:${critical ? ' critical' : ''}`;
  if (critical === undefined && safe.length <= lineCharacters) return `${head} ${safe}\n`;
  const lines = /^[0-9A-F:]+$/.test(safe) ? (safe.match(/.{1,54}/g) ?? []) : [safe];
  return `${head}\n${lines.map((line) => `        ${line}\n`).join('')}`;
}
