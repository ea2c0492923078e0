/** Reading of foreign bytes: how many certificates, requests and CRLs in a second. */
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCertificate, parseCrl, parseCsr, readCsr } from '../../src/main/x509/index.ts';
import { encodeName } from '../../src/main/x509/names/encode-name.ts';
import { createAuthority, issue, issueCrl } from '../unit/main/x509/support/test-authority.ts';
import { newCsr } from './csr.ts';
import { interleaved } from './interleaved.ts';
import type { BenchCase } from './result.ts';

const authority = createAuthority('ecdsa-p256');

function makeCertificate(): Uint8Array {
  return issue(authority, {
    subjectDer: encodeName({ commonName: 'www.example.test', organization: 'Example', country: 'DE' }),
    spki: authority.spki,
    extensions: {
      basicConstraints: { ca: false },
      keyUsages: ['digitalSignature'],
      extendedKeyUsages: ['serverAuth'],
      subjectAltNames: [{ type: 'dns', value: 'www.example.test' }],
      crlDistributionPoints: ['http://pki.example/crl'],
      ocspUrls: ['http://pki.example/ocsp'],
    },
  });
}

/** Node's own object, with the fields that ours has ready. */
function readNatively(der: Uint8Array): unknown[] {
  const certificate = new X509Certificate(der);
  const { serialNumber, subject, issuer, subjectAltName, validFromDate, validToDate } = certificate;
  const { keyUsage, ca, fingerprint, fingerprint256 } = certificate;
  const names = [serialNumber, subject, issuer, subjectAltName];
  return [...names, validFromDate, validToDate, keyUsage, ca, fingerprint, fingerprint256];
}

const repeat = (work: () => unknown) => (times: number) => {
  for (let i = 0; i < times; i += 1) work();
};

/** Every field and extension of a certificate, against Node's X509Certificate (OpenSSL) and the common fields. */
export const parseOfCertificate: BenchCase = {
  name: 'parse-certificate',
  measure: async ({ isQuick }) => {
    const der = makeCertificate();
    const rates = await interleaved({
      ours: repeat(() => parseCertificate(der)),
      yardstick: repeat(() => readNatively(der)),
      rounds: isQuick ? 5 : 41,
      timesPerRound: 1000,
    });
    return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 0.8 };
  },
};

/** A request with everything that it asks for. Node reads none, so that its certificate is the yardstick again. */
export const parseOfCsr: BenchCase = {
  name: 'parse-csr',
  measure: async ({ isQuick }) => {
    const { der } = readCsr(newCsr('www.example.test'));
    const certificate = makeCertificate();
    const rates = await interleaved({
      ours: repeat(() => parseCsr(der)),
      yardstick: repeat(() => readNatively(certificate)),
      rounds: isQuick ? 5 : 41,
      timesPerRound: 1000,
    });
    return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 0.8 };
  },
};

/** A CRL of 10,000 entries, each of them checked, against `openssl crl` on the same file, started anew each time. */
export const parseOfCrl: BenchCase = {
  name: 'parse-crl-10k',
  measure: async ({ isQuick }) => {
    const revoked = Array.from({ length: 10_000 }, (_, i) => ({
      serialNumber: Uint8Array.of(0x5a, 0, 0, 0, 0, 0, i >> 8, i & 0xff),
      revokedAt: new Date(1_767_225_600_000 + i * 1000),
      ...(i % 3 === 0 && { reason: 'superseded' as const }),
    }));
    const der = issueCrl(authority, revoked);
    const folder = mkdtempSync(join(tmpdir(), 'chancery-bench-crl-'));
    try {
      writeFileSync(join(folder, 'list.crl'), der);
      const args = ['crl', '-inform', 'DER', '-in', join(folder, 'list.crl'), '-noout'];
      const rates = await interleaved({
        ours: repeat(() => parseCrl(der)),
        yardstick: repeat(() => {
          if (spawnSync('openssl', args).status !== 0) throw new Error('openssl does not read the CRL.');
        }),
        rounds: isQuick ? 5 : 21,
        timesPerRound: 5,
      });
      return { unit: '1/s', ...rates, ratio: rates.value / rates.yardstick, goal: 10 };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
