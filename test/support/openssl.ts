import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyAlgorithm, PostQuantumAlgorithm } from '../../src/shared/model/algorithms.ts';
import { type Ran, runProgram } from './run-program.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder('openssl');

/** What OpenSSL 3.0, which Debian has, can make. */
export type OpensslAlgorithm = Exclude<KeyAlgorithm, PostQuantumAlgorithm>;

const newKey: Readonly<Record<OpensslAlgorithm, readonly string[]>> = {
  'ecdsa-p256': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ecdsa-p384': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'ecdsa-p521': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  ed25519: ['ed25519'],
  ed448: ['ed448'],
  'rsa-2048': ['rsa:2048'],
  'rsa-3072': ['rsa:3072'],
  'rsa-4096': ['rsa:4096'],
};

export function openssl(...args: string[]): Promise<Ran> {
  return runProgram('openssl', args);
}

/** What openssl prints. Throws what it said where it failed. */
export async function opensslText(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await openssl(...args);
  if (code === 0) return stdout;
  throw new Error(`openssl ${args.join(' ')} ended with ${code}: ${stderr}`);
}

/** A request made by `openssl req`, with its key in a file. */
export async function newCsr(
  subject: string,
  subjectAltName?: string,
  algorithm: OpensslAlgorithm = 'ecdsa-p256',
): Promise<{ readonly pem: string; readonly keyFile: string }> {
  const own = mkdtempSync(join(folder, 'one-'));
  const [keyFile, file] = [join(own, 'key.pem'), join(own, 'request.pem')];
  const names = subjectAltName === undefined ? [] : ['-addext', `subjectAltName=${subjectAltName}`];
  await opensslText(
    ...['req', '-new', '-newkey', ...newKey[algorithm], '-nodes', '-keyout', keyFile, '-out', file],
    ...['-subj', subject, ...names],
  );
  return { pem: readFileSync(file, 'utf8'), keyFile };
}

/** A certificate that `openssl req -x509` signed with its own new key, as PEM. */
export async function newSelfSigned(subject: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-self-signed-'));
  const key = ['-newkey', ...newKey['ecdsa-p256'], '-nodes', '-keyout', join(folder, 'key.pem')];
  return opensslText('req', '-x509', ...key, '-subj', subject, '-days', '30');
}
