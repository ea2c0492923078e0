/** What people note about certificates. */
import { z } from 'zod';
import { Id, Metadata } from '../model/basics.ts';
import { CertificateSummary } from '../model/certificate.ts';
import { operation } from './operation.ts';

export const setCertificateMetadata = operation({
  id: 'certificates.metadata',
  summary: 'Note something about a certificate',
  description: 'Notes are found by certificates list --metadata. The certificate itself stays as it is.',
  method: 'PATCH',
  path: '/certificates/{id}/metadata',
  input: z.strictObject({
    id: Id,
    metadata: Metadata.nullable().describe('Replaces all notes that there are; null clears them'),
  }),
  output: CertificateSummary,
  errors: ['NOT_FOUND'],
  permission: 'certificates.metadata',
  risk: 'change',
  audit: 'certificate.metadata-changed',
});
