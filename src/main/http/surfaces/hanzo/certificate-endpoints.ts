/** Certificates that are there: fetched, revoked, imported, noted on, and set to renew themselves. */
import { z } from 'zod';
import { ChanceryError } from '../../../../shared/errors.ts';
import { Id, Timestamp } from '../../../../shared/model/basics.ts';
import { fingerprint, X509Certificate } from '../../../crypto/index.ts';
import { endpoint } from './endpoint.ts';
import { revocationReasonWords } from './enumerations.ts';
import { Fetched, fetched } from './fetched-certificate.ts';
import { badRequest } from './hanzo-error.ts';
import { chainText } from './issued.ts';
import { byId, MetadataEntries, none, ProjectRef } from './shapes.ts';
import { daysOf } from './whole-days.ts';

const tag = 'Hanzo KMS certificates';
const notFound = 'Certificate not found';
const get = endpoint({
  operationId: 'hanzo.getCertificate',
  tag,
  summary: 'Fetch what is known of a certificate',
  method: 'GET',
  path: '/certificates/{id}',
  params: byId,
  query: none,
  body: none,
  output: z.strictObject({ certificate: Fetched }),
  notFound,
  run: async ({ params: { id }, perform }) => ({
    certificate: fetched(await perform('certificates.show', { id })),
  }),
});

const body = endpoint({
  operationId: 'hanzo.getCertificateBody',
  tag,
  summary: 'Fetch a certificate with its chain',
  method: 'GET',
  path: '/certificates/{id}/certificate',
  params: byId,
  query: none,
  body: none,
  output: z.strictObject({ certificate: z.string(), certificateChain: z.string(), serialNumber: z.string() }),
  notFound,
  run: async ({ params: { id }, perform }) => {
    const found = await perform('certificates.show', { id });
    const { certificate, serialNumber } = found;
    return { certificate, certificateChain: chainText(found, false), serialNumber };
  },
});

const revoke = endpoint({
  operationId: 'hanzo.revokeCertificate',
  tag,
  summary: 'Revoke a certificate, or lift its hold',
  description:
    'When this answers, the CRL that is served holds it already. REMOVE_FROM_CRL lifts a CERTIFICATE_HOLD, and revokedAt is null then.',
  method: 'POST',
  path: '/certificates/{id}/revoke',
  params: byId,
  query: none,
  body: z.strictObject({
    revocationReason: z.union([revocationReasonWords.schema, z.literal('REMOVE_FROM_CRL')]),
  }),
  output: z.strictObject({ message: z.string(), serialNumber: z.string(), revokedAt: Timestamp.nullable() }),
  notFound,
  run: async ({ params: { id }, body: { revocationReason: word }, perform }) => {
    if (word === 'REMOVE_FROM_CRL') {
      const { serialNumber } = await perform('certificates.release', { id });
      return { message: 'Successfully lifted the hold on the certificate', serialNumber, revokedAt: null };
    }
    const { serialNumber, revokedAt } = await perform('certificates.revoke', {
      id,
      reason: revocationReasonWords.ours(word),
    });
    return { message: 'Successfully revoked certificate', serialNumber, revokedAt };
  },
});

const updateMetadata = endpoint({
  operationId: 'hanzo.updateCertificate',
  tag,
  summary: 'Note something about a certificate',
  description: 'Replaces all notes that there are.',
  method: 'PATCH',
  path: '/certificates/{id}',
  params: byId,
  query: none,
  body: z.strictObject({ metadata: MetadataEntries.optional() }),
  output: z.strictObject({ metadata: MetadataEntries }),
  notFound,
  run: async ({ params: { id }, body: { metadata }, perform }) => {
    const found = metadata
      ? await perform('certificates.metadata', {
          id,
          metadata: Object.fromEntries(metadata.map(({ key, value }) => [key, value])),
        })
      : await perform('certificates.show', { id });
    return { metadata: Object.entries(found.metadata).map(([key, value]) => ({ key, value })) };
  },
});

const configure = endpoint({
  operationId: 'hanzo.updateCertificateRenewalConfig',
  tag,
  summary: 'Set whether and when a certificate renews itself',
  method: 'PATCH',
  path: '/certificates/{id}/config',
  params: byId,
  query: none,
  body: z
    .strictObject({
      renewBeforeDays: z.int().min(1).max(30).optional(),
      enableAutoRenewal: z.boolean().optional(),
    })
    .refine(
      ({ renewBeforeDays, enableAutoRenewal }) =>
        renewBeforeDays === undefined || enableAutoRenewal !== false,
      { error: 'Cannot specify both renewBeforeDays and enableAutoRenewal=false' },
    ),
  output: z.strictObject({ message: z.string(), renewBeforeDays: z.int().optional() }),
  notFound,
  run: async ({ params: { id }, body: { renewBeforeDays, enableAutoRenewal }, perform }) => {
    if (enableAutoRenewal === false) {
      await perform('certificates.configure', { id, autoRenew: false });
      return { message: 'Auto-renewal disabled successfully' };
    }
    if (renewBeforeDays === undefined && enableAutoRenewal === undefined) {
      await perform('certificates.show', { id });
      return { message: 'No configuration changes requested' };
    }
    const renewBefore = renewBeforeDays === undefined ? undefined : `${renewBeforeDays}d`;
    const renewal = await perform('certificates.configure', { id, autoRenew: true, renewBefore });
    const days = daysOf(renewal.renewBefore);
    return {
      message: 'Certificate configuration updated successfully',
      ...(days !== undefined && { renewBeforeDays: days }),
    };
  },
});

/** The SHA-256 fingerprint of a PEM, as certificates are found by it. */
function fingerprintOf(pem: string): string {
  try {
    return fingerprint('sha256', new X509Certificate(pem).raw);
  } catch (cause) {
    throw new ChanceryError({
      code: 'INVALID_CERTIFICATE',
      detail: 'certificatePem is no certificate in PEM.',
      cause,
    });
  }
}

const importOne = endpoint({
  operationId: 'hanzo.importCertificate',
  tag,
  summary: 'Import a certificate from elsewhere, to watch over it',
  description: 'Its chain comes in with it. A private key is not taken: whoever has it keeps it.',
  method: 'POST',
  path: '/certificates/import-certificate',
  params: none,
  query: none,
  body: z.strictObject({
    certificatePem: z.string().trim().min(1).max(100_000),
    privateKeyPem: z.string().optional().describe('Refused'),
    chainPem: z.string().trim().min(1).max(500_000).optional(),
    friendlyName: z.string().trim().min(1).max(255).optional().describe('Kept as where it came from'),
    projectId: ProjectRef.optional(),
  }),
  output: z.strictObject({
    certificateId: Id,
    certificate: z.string(),
    certificateChain: z.string(),
    serialNumber: z.string(),
  }),
  run: async ({
    body: { certificatePem, privateKeyPem, chainPem, friendlyName, projectId: realm },
    perform,
  }) => {
    if (privateKeyPem !== undefined)
      throw badRequest(
        'A private key is not taken with a certificate from elsewhere: leave privateKeyPem away.',
      );
    const found = fingerprintOf(certificatePem);
    const file = (name: string, pem: string) => ({
      name,
      contentBase64: Buffer.from(pem).toString('base64'),
    });
    const { refused } = await perform('certificates.import', {
      files: [
        file(friendlyName ?? 'certificatePem', certificatePem),
        ...(chainPem === undefined ? [] : [file('chainPem', chainPem)]),
      ],
      realm,
    });
    if (refused[0]) throw badRequest(`${refused[0].file}: ${refused[0].reason}`);
    const asked = { search: found, realm, limit: 1 };
    const listed = await perform('certificates.list', asked);
    const { items } =
      listed.total > 0 ? listed : await perform('certificates.list', { ...asked, archived: true });
    const [known] = items;
    if (!known)
      throw badRequest('It is the certificate of an authority here, and no certificate of an end entity.');
    const { certificate, chain, serialNumber } = await perform('certificates.show', { id: known.id });
    return {
      certificateId: known.id,
      certificate,
      certificateChain: chain.length > 0 ? chain.join('') : (chainPem ?? ''),
      serialNumber,
    };
  },
});

export const certificateEndpoints = [importOne, get, body, revoke, updateMetadata, configure];
