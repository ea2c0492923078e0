import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { Chancery, TlsMaterial } from '../../../../src/main/chancery.ts';
import { createHandler } from '../../../../src/main/http/app.ts';
import { answerOcsp } from '../../../../src/main/http/ocsp.ts';
import { portsForTest } from '../http/ports-for-test.ts';

/** A self-signed certificate for 127.0.0.1 and localhost. */
export async function tlsForTest(name: string): Promise<TlsMaterial> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const names: x509.JsonGeneralNames = [
    { type: 'ip', value: '127.0.0.1' },
    { type: 'dns', value: 'localhost' },
  ];
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
    notAfter: new Date(Date.now() + 86_400_000),
    extensions: [
      new x509.SubjectAlternativeNameExtension(names),
      new x509.BasicConstraintsExtension(true, 0, true),
    ],
  });
  const key = x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  const pem = certificate.toString('pem');
  return { key, certificateChain: pem, ca: pem };
}

/** The real fetch handler over ports of a test, in the place of a whole installation. */
export function chanceryForTest(
  tls: TlsMaterial,
  ports = portsForTest(),
): Chancery & { present(material: TlsMaterial): void } {
  const listeners = new Set<(material: TlsMaterial) => void>();
  return {
    home: mkdtempSync(join(tmpdir(), 'chancery-console-')),
    handle: createHandler(ports, { staticFolder: null, version: '0' }),
    ocsp: (exchange) => answerOcsp(ports.ocsp, exchange, new Date()),
    publicationHosts: async () => new Set(['pki.example.com']),
    vaultState: () => 'open',
    unlockUnattended: async () => true,
    listenerTls: async () => tls,
    onListenerTlsChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    newTicket: async () => 'one-time',
    runDueTasks: async () => undefined,
    desktopListenerPort: async () => null,
    close: async () => undefined,
    present: (material) => {
      for (const listener of listeners) listener(material);
    },
  };
}
