/** Says what a file or a paste is, by its content and not by its name. Keys are recognised, never opened. */
import { ChanceryError } from '../../../shared/errors.ts';
import { parseCertificate } from '../certificate/parse-certificate.ts';
import { parseCrl } from '../crl/parse-crl.ts';
import { parseCsr } from '../csr/parse-csr.ts';
import { readOcspRequest } from '../ocsp/ocsp-request.ts';
import { readOcspResponse } from '../ocsp/read-ocsp-response.ts';
import { describePublicKey } from '../public-key/subject-public-key.ts';
import { classifyDer, type DerKind } from './classify-der.ts';
import { jceksMagic, jksMagic, listJks } from './jks.ts';
import { readJwks } from './jwk.ts';
import { decodeBase64, readPem } from './pem.ts';
import { readPkcs7 } from './pkcs7.ts';
import { readSshPublicKey } from './ssh-public-key.ts';
import { textOf } from './text-of.ts';

export type FileKind =
  | DerKind
  | 'certificates'
  | 'jks'
  | 'jceks'
  | 'jwk'
  | 'jwks'
  | 'ssh-public-key'
  | 'unknown';
export type FileEncoding = 'der' | 'pem' | 'base64' | 'text' | 'binary';

export interface RecognisedItem {
  readonly kind: FileKind;
  /** The bytes of the item; of a private key, too, so that they can be opened with the person's consent. */
  readonly der: Uint8Array;
  /** The label of the PEM block, or the alias in a key store. */
  readonly label?: string | undefined;
  /** For a person: the subject, the issuer, the kind of key. Nothing of a private key. */
  readonly description: string;
  /** Why it cannot be read although its kind is plain. */
  readonly problem?: string | undefined;
}

export interface Recognised {
  readonly kind: FileKind;
  readonly encoding: FileEncoding;
  readonly items: readonly RecognisedItem[];
  /** Why a text that begins as a known form cannot be read. */
  readonly problem?: string | undefined;
}

const maxBytes = 64 * 1024 * 1024;

/** What the bytes are. Throws INVALID_INPUT above 64 MiB only; whatever else is wrong with them is said. */
export function recognise(bytes: Uint8Array): Recognised {
  if (bytes.length > maxBytes)
    throw new ChanceryError({ code: 'INVALID_INPUT', detail: 'The file is larger than 64 MiB.' });
  const store = recogniseStore(bytes);
  if (store !== undefined) return store;
  const kind = classifyDer(bytes);
  if (kind !== undefined) return whole([itemOf(kind, bytes)], 'der');
  const text = textOf(bytes);
  return text === undefined ? unknown('binary') : recogniseText(text);
}

function recogniseStore(bytes: Uint8Array): Recognised | undefined {
  const magic = bytes.length < 4 ? 0 : Buffer.from(bytes.subarray(0, 4)).readUInt32BE();
  if (magic === jceksMagic) return { kind: 'jceks', encoding: 'binary', items: [] };
  if (magic !== jksMagic) return undefined;
  return guarded('jks', 'binary', () =>
    listJks(bytes).flatMap(({ alias, encryptedKey, certificates }) => [
      ...(encryptedKey ? [{ ...itemOf('encrypted-private-key', encryptedKey), label: alias }] : []),
      ...certificates.map((der) => ({ ...itemOf('certificate', der), label: alias })),
    ]),
  );
}

function recogniseText(text: string): Recognised {
  if (text.includes('-----BEGIN ')) return recognisePem(text);
  const start = text.trimStart();
  if (start.startsWith('{')) return recogniseJson(text);
  if (/^(?:ssh-|ecdsa-sha2-|sk-)[a-z0-9@.-]+ /.test(start)) {
    return guarded('ssh-public-key', 'text', () =>
      start
        .split(/\r?\n/)
        .filter((line) => /^(?:ssh-|ecdsa-sha2-|sk-)/.test(line))
        .map((line) => {
          const { spki, comment } = readSshPublicKey(line);
          return { ...itemOf('public-key', spki), label: comment };
        }),
    );
  }
  const der = decodeBase64(start);
  const kind = der && classifyDer(der);
  return der && kind ? whole([itemOf(kind, der)], 'base64') : unknown('text');
}

/** Labels that say more than the bytes: RFC 5915, RFC 1421 encryption, which the strict reader of blocks refuses. */
function recognisePem(text: string): Recognised {
  if (/^Proc-Type: ?4,ENCRYPTED/m.test(text))
    return {
      kind: 'encrypted-private-key',
      encoding: 'pem',
      items: [],
      problem: 'The key is encrypted in the way of OpenSSL before 1.0; convert it with openssl pkey.',
    };
  let blocks: ReturnType<typeof readPem>;
  try {
    blocks = readPem(text);
  } catch (error) {
    return { ...unknown('pem'), problem: detailOf(error) };
  }
  const items = blocks.map(({ label, der }) => {
    const isOpenSshKey = label === 'OPENSSH PRIVATE KEY';
    return { ...itemOf(isOpenSshKey ? 'private-key' : (classifyDer(der) ?? 'unknown'), der), label };
  });
  return whole(
    items.filter(({ label }) => label !== 'EC PARAMETERS' && label !== 'DH PARAMETERS'),
    'pem',
  );
}

function recogniseJson(text: string): Recognised {
  const isSet = /"keys"\s*:/.test(text);
  if (!isSet && !/"kty"\s*:/.test(text)) return unknown('text');
  return guarded(isSet ? 'jwks' : 'jwk', 'text', () =>
    readJwks(text).flatMap(({ spki, certificates, isPrivate }) => [
      { ...itemOf('public-key', spki), ...(isPrivate && { label: 'with its private part' }) },
      ...certificates.map((der) => itemOf('certificate', der)),
    ]),
  );
}

/** One kind for all items: several certificates are `certificates`, and so is what has some among other things. */
function whole(items: readonly RecognisedItem[], encoding: FileEncoding): Recognised {
  const [first] = items;
  if (first === undefined) return unknown(encoding);
  if (items.length === 1) {
    const inner = first.kind === 'pkcs7' ? certificatesOf(first) : [];
    return { kind: first.kind, encoding, items: inner.length > 0 ? inner : items };
  }
  const isMixed = items.some(({ kind }) => kind === 'certificate');
  return { kind: isMixed ? 'certificates' : first.kind, encoding, items };
}

function certificatesOf({ der }: RecognisedItem): RecognisedItem[] {
  try {
    return readPkcs7(der).map((certificate) => itemOf('certificate', certificate));
  } catch {
    return [];
  }
}

function guarded(kind: FileKind, encoding: FileEncoding, read: () => RecognisedItem[]): Recognised {
  try {
    return { kind, encoding, items: read() };
  } catch (error) {
    return { kind, encoding, items: [], problem: detailOf(error) };
  }
}

const unknown = (encoding: FileEncoding): Recognised => ({ kind: 'unknown', encoding, items: [] });

function itemOf(kind: FileKind, der: Uint8Array): RecognisedItem {
  try {
    return { kind, der, description: describe(kind, der) };
  } catch (error) {
    return { kind, der, description: '', problem: detailOf(error) };
  }
}

function describe(kind: FileKind, der: Uint8Array): string {
  switch (kind) {
    case 'certificate':
      return parseCertificate(der).subject.text;
    case 'csr':
      return describeCsr(der);
    case 'crl':
      return parseCrl(der).issuer.text;
    case 'public-key':
      return describePublicKey(der).description;
    case 'ocsp-request':
      return certificateCount(readOcspRequest(der).certIds.length);
    case 'ocsp-response':
      return readOcspResponse(der).status;
    default:
      return '';
  }
}

const certificateCount = (count: number) =>
  count === 1 ? 'for one certificate' : `for ${count} certificates`;

function describeCsr(der: Uint8Array): string {
  const { subject, subjectAltNames } = parseCsr(der);
  return subject.commonName ?? subjectAltNames[0]?.value ?? '';
}

function detailOf(error: unknown): string {
  if (error instanceof ChanceryError) return error.detail;
  throw error;
}
