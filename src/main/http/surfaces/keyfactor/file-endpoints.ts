/** Certificates and their keys as files. */
import { z } from 'zod';
import { ChanceryError } from '../../../../shared/errors.ts';
import type { Output } from '../../../../shared/operations/index.ts';
import { certificateRef, findCertificate } from './find-certificate.ts';
import { badRequest, type KeyfactorCall, readBody } from './keyfactor-call.ts';
import { base64Of } from './keyfactor-certificate.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';

const tag = 'Certificate';
const formatHeader = { name: 'x-certificateformat', in: 'header' } as const;

/** What the header asks for, in capitals. */
export function formatOf({ headers }: Pick<KeyfactorCall, 'headers'>, usual: string): string {
  return (headers.get('x-certificateformat')?.trim() || usual).toUpperCase();
}

const chainFields = {
  IncludeChain: z.boolean().default(false),
  ChainOrder: z.string().default('EndEntityFirst'),
};

/** PEM of the certificate, with its chain where it is asked for, in the order asked for. */
function inOrder(
  { certificate, chain }: Pick<Output<'certificates.show'>, 'certificate' | 'chain'>,
  { IncludeChain, ChainOrder }: { readonly IncludeChain: boolean; readonly ChainOrder: string },
): string[] {
  const all = IncludeChain ? [certificate, ...chain] : [certificate];
  if (/^endentityfirst$/i.test(ChainOrder)) return all;
  if (/^rootfirst$/i.test(ChainOrder)) return all.reverse();
  throw badRequest('ChainOrder is EndEntityFirst or RootFirst.');
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

const download: KeyfactorEndpoint = {
  method: 'POST',
  path: '/Certificates/Download',
  tag,
  summary: 'Returns a certificate as a file in base64: DER, PEM or P7B',
  parameters: [{ ...formatHeader, description: 'DER, PEM or P7B' }],
  example: { CertID: 1, IncludeChain: true, ChainOrder: 'EndEntityFirst' },
  run: async (call) => {
    const body = readBody(z.object({ ...certificateRef, ...chainFields }), call.body);
    const { id } = await findCertificate(call, body);
    switch (formatOf(call, 'DER')) {
      case 'DER':
      case 'CER':
        return { Content: base64Of((await call.perform('certificates.show', { id })).certificate) };
      case 'PEM':
        return { Content: base64(inOrder(await call.perform('certificates.show', { id }), body).join('')) };
      case 'P7B':
        return {
          Content: (await call.perform('certificates.export', { id, format: 'pkcs7' })).contentBase64,
        };
      default:
        throw badRequest('The header x-certificateformat is DER, PEM or P7B.');
    }
  },
};

const noKey = new ChanceryError({
  code: 'NOT_FOUND',
  detail: 'No private key could be found for the given certificate.',
});

const recover: KeyfactorEndpoint = {
  method: 'POST',
  path: '/Certificates/Recover',
  tag,
  summary: 'Returns a certificate with its private key, where that is kept here: PFX or PEM',
  parameters: [{ ...formatHeader, description: 'PFX or PEM' }],
  example: { CertID: 1, Password: 'at least 8 characters', IncludeChain: true },
  run: async (call) => {
    const schema = z.object({ ...certificateRef, ...chainFields, Password: z.string().max(1024).optional() });
    const body = readBody(schema, call.body);
    const { id } = await findCertificate(call, body);
    const format = formatOf(call, 'PFX');
    if (format !== 'PFX' && format !== 'PEM')
      throw badRequest('The header x-certificateformat is PFX or PEM.');
    const file = await call
      .perform('certificates.private-key', {
        id,
        format: format === 'PEM' ? 'pem' : 'pkcs12',
        reason: 'recovered by KeyfactorAPI',
        ...(format === 'PFX' && { passphrase: body.Password ?? '' }),
      })
      .catch((error: unknown) => {
        throw error instanceof ChanceryError && error.code === 'NOT_FOUND' ? noKey : error;
      });
    if (format === 'PFX') return { PFX: file.contentBase64, FileName: file.fileName };
    const key = Buffer.from(file.contentBase64, 'base64').toString();
    const pem = inOrder(await call.perform('certificates.show', { id }), body);
    return { PFX: base64([...pem, key].join('')), FileName: file.fileName.replace(/\.key$/, '.pem') };
  },
};

export const fileEndpoints: readonly KeyfactorEndpoint[] = [download, recover];
