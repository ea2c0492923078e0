/** Reads every certificate, request, CRL, OCSP message and PKCS#12 file of pyca's vectors by its own reader. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import {
  parseCertificate,
  parseCrl,
  parseCsr,
  readOcspRequest,
  readOcspResponse,
  readPem,
  readPkcs12,
} from '../../src/main/x509/index.ts';
import { readPathCertificate } from '../../src/main/x509/validation/path-certificate.ts';

export interface PycaFile {
  /** Relative to the package's folder. */
  readonly name: string;
  readonly read: () => Promise<unknown>;
}

/** Everything below the folder that holds what this program reads; keys, messages and pairs are left out. */
export function pycaFiles(folder: string): PycaFile[] {
  const names = ['x509', 'pkcs12']
    .flatMap((part) =>
      readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' }).map((name) => join(part, name)),
    )
    .sort();
  return names.flatMap((name) => {
    const read = readerOf(name);
    return read === undefined
      ? []
      : [{ name, read: async () => read(Uint8Array.from(readFileSync(join(folder, name)))) }];
  });
}

type Read = (bytes: Uint8Array) => unknown;

function readerOf(name: string): Read | undefined {
  const file = basename(name);
  switch (extname(name)) {
    case '.crt':
      return readCertificate;
    case '.crl':
      return parseCrl;
    case '.p12':
      return (bytes) => readPkcs12(bytes, passwordOf(name));
    case '.pem':
      return readBlocks;
    case '.der':
      if (name.includes('/ocsp/')) return file.includes('req') ? readOcspRequest : readOcspResponse;
      if (name.includes('/requests/')) return parseCsr;
      return file.startsWith('crl') ? parseCrl : readCertificate;
    default:
      return undefined;
  }
}

function passwordOf(name: string): string {
  if (name.includes('no-pwd') || name.includes('no-password')) return '';
  // The files with names were made by another script than the older ones.
  return name.includes('-pwd') || name.includes('PKITS') ? 'password' : 'cryptography';
}

function readBlocks(bytes: Uint8Array): void {
  for (const { label, der } of readPem(Buffer.from(bytes).toString('utf8'))) {
    if (label.endsWith('CERTIFICATE REQUEST')) parseCsr(der);
    else if (label === 'X509 CRL') parseCrl(der);
    else if (label === 'CERTIFICATE') readCertificate(der);
  }
}

/** For the viewer and for validation alike. */
function readCertificate(der: Uint8Array): void {
  parseCertificate(der);
  readPathCertificate(der);
}
