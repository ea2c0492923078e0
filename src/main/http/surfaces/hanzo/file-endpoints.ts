/** Private keys, and certificates together with them. */
import { z } from 'zod';
import { fileParts } from '../../file-answer.ts';
import { wholeResponse } from '../../whole-response.ts';
import { endpoint } from './endpoint.ts';
import { chainText } from './issued.ts';
import { privateKeyIfAny, privateKeyOf } from './private-key.ts';
import { byId, none } from './shapes.ts';

const tag = 'Hanzo KMS certificates';
const notFound = 'Certificate not found';

const privateKey = endpoint({
  operationId: 'hanzo.getCertificatePrivateKey',
  tag,
  summary: 'Fetch the private key of a certificate',
  description: 'The answer is the PEM itself. Only for keys that were generated here and are kept.',
  method: 'GET',
  path: '/certificates/{id}/private-key',
  params: byId,
  query: none,
  body: none,
  output: z.string(),
  mediaType: 'text/plain',
  run: async ({ params: { id }, perform, request }) => {
    await perform('certificates.show', { id });
    // HEAD recovers no key.
    const pem = request.method === 'GET' ? await privateKeyOf(perform, id, 'fetched as private-key') : '';
    const headers = new Headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    return wholeResponse(pem, { status: 200, headers });
  },
});

const bundle = endpoint({
  operationId: 'hanzo.getCertificateBundle',
  tag,
  summary: 'Fetch a certificate with its chain and its private key',
  description: 'The private key is null where none is kept or the caller may not have it.',
  method: 'GET',
  path: '/certificates/{id}/bundle',
  params: byId,
  query: none,
  body: none,
  output: z.strictObject({
    certificate: z.string(),
    certificateChain: z.string(),
    privateKey: z.string().nullable(),
    serialNumber: z.string(),
  }),
  notFound,
  run: async ({ params: { id }, perform, principal, request }) => {
    const found = await perform('certificates.show', { id });
    const { certificate, serialNumber } = found;
    const key =
      request.method === 'GET' ? await privateKeyIfAny(perform, principal, found, 'fetched as bundle') : null;
    return { certificate, certificateChain: chainText(found, false), privateKey: key, serialNumber };
  },
});

const pkcs12 = endpoint({
  operationId: 'hanzo.exportCertificatePkcs12',
  tag,
  summary: 'Download a certificate with its chain and its private key as PKCS#12',
  description: 'The answer is the file itself. Only for keys that were generated here and are kept.',
  method: 'POST',
  path: '/certificates/{id}/pkcs12',
  params: byId,
  query: none,
  body: z.strictObject({
    password: z.string().min(8).max(1024).meta({ writeOnly: true }),
    alias: z.string().min(1).max(255),
  }),
  output: z.string(),
  mediaType: 'application/x-pkcs12',
  run: async ({ params: { id }, body: { password: passphrase, alias: friendlyName }, perform }) => {
    const file = await perform('certificates.private-key', {
      ...{ id, passphrase, friendlyName, reason: 'exported as pkcs12' },
    });
    const { bytes, headers } = fileParts(file);
    headers.set('cache-control', 'no-store');
    return wholeResponse(bytes, { status: 200, headers });
  },
});

export const fileEndpoints = [privateKey, bundle, pkcs12];
