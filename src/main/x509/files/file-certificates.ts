/** All certificates that a file holds, whatever its form, for whoever takes them in. */
import { ChanceryError } from '../../../shared/errors.ts';
import { type ParsedCertificate, parseCertificate } from '../certificate/parse-certificate.ts';
import { tags } from '../der/der-tags.ts';
import { readPem } from './pem.ts';
import { readPkcs7 } from './pkcs7.ts';
import { readPkcs12Certificates } from './read-pkcs12.ts';
import { type RecognisedItem, recognise } from './recognise.ts';

export type FileCertificate =
  | { readonly certificate: ParsedCertificate; readonly alias?: string | undefined }
  /** One that cannot be read, and why. */
  | { readonly certificate?: undefined; readonly alias?: string | undefined; readonly problem: string };

interface Found {
  readonly der: Uint8Array;
  readonly alias?: string | undefined;
}

/**
 * The certificates of a file, read one by one, so that a broken one does not keep the others out. Private keys
 * are passed over. Throws INVALID_CERTIFICATE where there is none, saying what the file is, and what opening a
 * PKCS#12 file with the passphrase throws.
 */
export async function fileCertificates(
  bytes: Uint8Array,
  passphrase: string | undefined,
): Promise<FileCertificate[]> {
  // Most files are one certificate and nothing else; looking what they are takes longer than reading them.
  if (bytes[0] === tags.sequence) {
    const only = read({ der: bytes });
    if (only.certificate !== undefined) return [only];
  }
  return (plainPem(bytes) ?? (await recognised(bytes, passphrase))).map(read);
}

function read({ der, alias }: Found): FileCertificate {
  try {
    return { certificate: parseCertificate(der), alias };
  } catch (error) {
    return { problem: detailOf(error), alias };
  }
}

const beginCertificate = '-----BEGIN CERTIFICATE-----';

/** The blocks of a text that begins as a certificate and holds certificates only; undefined for any other. */
function plainPem(bytes: Uint8Array): Found[] | undefined {
  const { buffer, byteOffset, length } = bytes;
  const view = Buffer.from(buffer, byteOffset, length);
  if (view.toString('latin1', 0, beginCertificate.length) !== beginCertificate) return undefined;
  try {
    const blocks = readPem(view.toString('latin1'));
    return blocks.every(({ label }) => label === 'CERTIFICATE') ? blocks : undefined;
  } catch {
    return undefined;
  }
}

async function recognised(bytes: Uint8Array, passphrase: string | undefined): Promise<Found[]> {
  const { kind, items, problem } = recognise(bytes);
  const found: Found[] = [];
  const isStore = kind === 'jks';
  for (const { label, ...item } of items) {
    const alias = isStore ? label : undefined;
    found.push(...(await certificatesOf(item, passphrase)).map((der) => ({ der, alias })));
  }
  if (found.length > 0) return found;
  const what = problem ?? (kind === 'unknown' ? 'It is nothing that is known here.' : `It is a ${kind}.`);
  throw new ChanceryError({
    code: 'INVALID_CERTIFICATE',
    detail: `There is no certificate in it. ${what}`,
  });
}

async function certificatesOf(
  { kind, der }: Pick<RecognisedItem, 'kind' | 'der'>,
  passphrase: string | undefined,
): Promise<Uint8Array[]> {
  if (kind === 'certificate') return [der];
  if (kind === 'pkcs7') return readPkcs7(der);
  return kind === 'pkcs12' ? readPkcs12Certificates(der, passphrase ?? '') : [];
}

function detailOf(error: unknown): string {
  if (error instanceof ChanceryError) return error.detail;
  throw error;
}
