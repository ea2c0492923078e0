/** Certificates from elsewhere, a file each, by the command line: from its start to its summary. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  assembleSigned,
  CertificateTemplate,
  encodeName,
  newSerialNumber,
  subjectKeyIdentifier,
  writePem,
} from '../../src/main/x509/index.ts';
import { askChancery, prepareHome } from '../support/chancery-process.ts';
import type { BenchCase } from './result.ts';

const perFolder = 1000;
const goalPerSecond = 5000;

export const importFiles: BenchCase = {
  name: 'import',
  measure: async ({ isQuick }) => {
    const count = isQuick ? 10_000 : 100_000;
    const root = mkdtempSync(join(tmpdir(), 'chancery-bench-import-'));
    try {
      const home = join(root, 'home');
      const files = join(root, 'files');
      await prepareHome(home);
      writeFiles(files, count);
      const begun = performance.now();
      const args = ['certificates', 'import', files, '--realm', 'default'];
      const { imported } = await askChancery<{ imported: number }>(home, args);
      const value = (count * 1000) / (performance.now() - begun);
      if (imported !== count) throw new Error(`${imported} of ${count} certificates came in.`);
      return { unit: '1/s', value, yardstick: goalPerSecond, ratio: value / goalPerSecond, goal: 1 };
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  },
};

/** PEM and DER by turns, in folders. */
function writeFiles(root: string, count: number): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const template = new CertificateTemplate({
    signatureAlgorithm: 'ecdsa-sha256',
    issuerDer: encodeName({ commonName: 'Another CA', organization: 'Elsewhere' }),
    extensions: {
      basicConstraints: { ca: false },
      keyUsages: ['digitalSignature'],
      extendedKeyUsages: ['serverAuth', 'clientAuth'],
      authorityKeyIdentifier: subjectKeyIdentifier(spki),
    },
  });
  for (let index = 0; index < count; index += 1) {
    const folder = join(root, String(Math.floor(index / perFolder)));
    if (index % perFolder === 0) mkdirSync(folder, { recursive: true });
    const host = `host-${index}.site-${index % 400}.example.com`;
    const serial = Buffer.alloc(16, 1);
    serial.writeUInt32BE(index, 8);
    const tbs = template.build({
      serialNumber: newSerialNumber(serial),
      notBefore: new Date(Date.UTC(2026, 0, 1)),
      notAfter: new Date(Date.UTC(2027, 0, 1) + index * 1000),
      subjectDer: encodeName({ commonName: host }),
      spki,
      subjectAltNames: [{ type: 'dns', value: host }],
      subjectKeyIdentifier: subjectKeyIdentifier(spki),
    });
    const der = assembleSigned(tbs, 'ecdsa-sha256', sign('sha256', tbs, privateKey));
    if (index % 2 === 0) writeFileSync(join(folder, `${host}.crt`), der);
    else writeFileSync(join(folder, `${host}.pem`), writePem('CERTIFICATE', der));
  }
}
