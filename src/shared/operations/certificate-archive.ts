/** Certificates that are done with: out of the lists, and back into them. */
import { z } from 'zod';
import { Id } from '../model/basics.ts';
import { CertificateSummary } from '../model/certificate.ts';
import { operation } from './operation.ts';

export const archiveCertificate = operation({
  id: 'certificates.archive',
  summary: 'Put a certificate that has ended or was revoked out of sight',
  description:
    'Lists leave it out unless they are asked for what is archived. Its serial number, its place in CRLs, its order and its audit stay. It can be taken back with certificates.restore.',
  method: 'POST',
  path: '/certificates/{id}/archive',
  input: z.strictObject({ id: Id }),
  output: CertificateSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'certificates.archive',
  risk: 'change',
  audit: 'certificate.archived',
});

export const restoreCertificate = operation({
  id: 'certificates.restore',
  summary: 'Take a certificate back out of the archive',
  method: 'POST',
  path: '/certificates/{id}/restore',
  input: z.strictObject({ id: Id }),
  output: CertificateSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'certificates.archive',
  risk: 'change',
  audit: 'certificate.restored',
});
