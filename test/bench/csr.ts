import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate request by openssl for a host, with a new P-256 key; PEM. */
export function newCsr(host: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-csr-'));
  try {
    const file = join(folder, 'csr.pem');
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      '/dev/null',
    ];
    const names = ['-subj', `/O=Example/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    const made = spawnSync('openssl', ['req', '-new', ...key, ...names, '-out', file], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`openssl made no request: ${made.stderr}`);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
