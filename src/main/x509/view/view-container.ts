/** What stands on the outside of key stores, keys and OCSP messages: nothing is opened, and no secret is shown. */
import { type DerFormat, DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { readPkcs7 } from '../files/pkcs7.ts';
import type { CertId } from '../ocsp/cert-id.ts';
import { readOcspRequest } from '../ocsp/ocsp-request.ts';
import { readOcspResponse } from '../ocsp/read-ocsp-response.ts';
import { readAlgorithmIdentifier } from '../public-key/algorithm-identifier.ts';
import { oidName } from './oid-names.ts';
import { hexPairs, type ViewField, type ViewSection } from './view-section.ts';

const format: DerFormat = { code: 'INVALID_INPUT', name: 'file', maxBytes: 64 * 1024 * 1024 };
/** Answers and questions that are shown of an OCSP message. */
const shownEntries = 100;

const nameOf = (oid: string) => oidName(oid) ?? oid;
const hexOf = (bytes: Uint8Array) => hexPairs(Buffer.from(bytes).toString('hex').toUpperCase());
const timeText = (time: Date) => time.toISOString().replace('.000Z', 'Z');

function open(der: Uint8Array): DerReader {
  return DerReader.open(der, format).enter(tags.sequence, 'file');
}

/** How a PKCS#12 file is protected (RFC 7292 section 4), and what can be said of its parts without opening them. */
export function pkcs12Sections(der: Uint8Array): ViewSection[] {
  const file = open(der);
  const version = file.smallInteger('version');
  const info = file.enter(tags.sequence, 'content');
  const type = info.objectIdentifier('content type');
  const fields: ViewField[] = [
    { name: 'version', value: String(version) },
    { name: 'contentType', value: nameOf(type) },
  ];
  const mac = file.enterIf(tags.sequence, 'MAC');
  if (mac === undefined) fields.push({ name: 'macData', value: 'none' });
  else {
    const digest = mac.enter(tags.sequence, 'MAC');
    fields.push({
      name: 'macAlgorithm',
      value: nameOf(readAlgorithmIdentifier(digest, 'MAC algorithm').oid),
    });
    mac.octetString('MAC salt');
    const iterations = mac.isEmpty ? 1 : mac.smallInteger('MAC iterations');
    fields.push({ name: 'macIterations', value: String(iterations) });
  }
  return [{ name: 'pkcs12', fields: [...fields, ...partsOf(info, type)] }];
}

function partsOf(info: DerReader, type: string): ViewField[] {
  if (nameOf(type) !== 'data') return [];
  const parts = open(info.enter(contextGroup(0), 'content').octetString('authenticated safe'));
  const fields: ViewField[] = [];
  while (!parts.isEmpty && fields.length < shownEntries) {
    const part = parts.enter(tags.sequence, 'part');
    const kind = nameOf(part.objectIdentifier('content type'));
    fields.push({
      name: `part ${fields.length + 1}`,
      value: kind === 'encryptedData' ? cipherOf(part) : kind,
    });
  }
  return fields;
}

/** RFC 5652 section 8. */
function cipherOf(part: DerReader): string {
  const data = part.enter(contextGroup(0), 'encrypted data').enter(tags.sequence, 'encrypted data');
  data.smallInteger('version');
  const content = data.enter(tags.sequence, 'encrypted content');
  content.objectIdentifier('encrypted content type');
  return `encryptedData, ${nameOf(readAlgorithmIdentifier(content, 'encryption algorithm').oid)}`;
}

/** How the key is encrypted (RFC 5958 section 3). */
export function encryptedKeySections(der: Uint8Array): ViewSection[] {
  const { oid } = readAlgorithmIdentifier(open(der), 'encryption algorithm');
  return [{ name: 'encryptedPrivateKey', fields: [{ name: 'encryptionAlgorithm', value: nameOf(oid) }] }];
}

/** The kind of key in a PrivateKeyInfo (RFC 5958 section 2); older forms only say that they are older. */
export function privateKeySections(der: Uint8Array): ViewSection[] {
  const key = open(der);
  const version = key.smallInteger('version');
  const fields: ViewField[] = [{ name: 'version', value: String(version) }];
  if (key.peek() === tags.sequence) {
    const { oid, parameters } = readAlgorithmIdentifier(key, 'key algorithm');
    const curve =
      parameters.peek() === tags.objectIdentifier ? parameters.objectIdentifier('curve') : undefined;
    fields.push({ name: 'algorithm', value: nameOf(oid) });
    if (curve !== undefined) fields.push({ name: 'namedCurve', value: nameOf(curve) });
  } else
    fields.push({ name: 'algorithm', value: key.peek() === tags.integer ? 'rsaEncryption' : 'ecPublicKey' });
  return [{ name: 'privateKey', fields }];
}

/** How many certificates a SignedData holds. Throws INVALID_CERTIFICATE. */
export function pkcs7Sections(der: Uint8Array): ViewSection[] {
  const count = readPkcs7(der).length;
  return [{ name: 'pkcs7', fields: [{ name: 'certificates', value: String(count) }] }];
}

/** Whom a request asks about (RFC 6960 section 4.1). */
export function ocspRequestSections(der: Uint8Array): ViewSection[] {
  const { certIds, nonce, isSigned } = readOcspRequest(der);
  const fields: ViewField[] = [
    { name: 'nonce', value: nonce === undefined ? 'none' : hexOf(nonce) },
    { name: 'signed', value: isSigned ? 'yes' : 'no' },
  ];
  return [
    { name: 'ocspRequest', fields },
    ...certIds.slice(0, shownEntries).map((id) => certIdSection(id, [])),
  ];
}

/** What a response says, and who signed it (RFC 6960 section 4.2). */
export function ocspResponseSections(der: Uint8Array): ViewSection[] {
  const response = readOcspResponse(der);
  const status = { name: 'responseStatus', value: response.status };
  if (response.status !== 'successful') return [{ name: 'ocspResponse', fields: [status] }];
  const { responder, producedAt, nonce, responses, certificates, signature } = response.basic;
  const fields: ViewField[] = [
    status,
    ...('keyHash' in responder ? [{ name: 'responderKeyHash', value: hexOf(responder.keyHash) }] : []),
    { name: 'producedAt', value: timeText(producedAt) },
    { name: 'nonce', value: nonce === undefined ? 'none' : hexOf(nonce) },
    { name: 'certificates', value: String(certificates.length) },
  ];
  const answers = responses
    .slice(0, shownEntries)
    .map((one) =>
      certIdSection(one.certId, [
        { name: 'certStatus', value: one.status },
        ...(one.revokedAt === undefined ? [] : [{ name: 'revocationTime', value: timeText(one.revokedAt) }]),
        ...(one.reason === undefined ? [] : [{ name: 'revocationReason', value: one.reason }]),
        { name: 'thisUpdate', value: timeText(one.thisUpdate) },
        { name: 'nextUpdate', value: one.nextUpdate === undefined ? 'none' : timeText(one.nextUpdate) },
      ]),
    );
  const value = { name: 'value', value: hexOf(signature) };
  return [{ name: 'ocspResponse', fields }, ...answers, { name: 'signature', fields: [value] }];
}

function certIdSection(
  { hash, issuerNameHash, issuerKeyHash, serialNumber }: CertId,
  more: readonly ViewField[],
): ViewSection {
  return {
    name: 'certID',
    fields: [
      { name: 'serialNumber', value: hexOf(serialNumber) },
      ...more,
      { name: 'hashAlgorithm', value: hash ?? 'unknown' },
      { name: 'issuerNameHash', value: hexOf(issuerNameHash) },
      { name: 'issuerKeyHash', value: hexOf(issuerKeyHash) },
    ],
  };
}
