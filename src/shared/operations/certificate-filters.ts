/** What narrows a list of certificates, or chooses those that something is done to. */
import { z } from 'zod';
import { Id, pageQuery, RealmRef, Timestamp } from '../model/basics.ts';
import { CertificateOrigin, CertificateStatus } from '../model/certificate.ts';

export const certificateFilters = {
  search: pageQuery.search,
  realm: RealmRef.optional(),
  status: CertificateStatus.optional(),
  authority: z.string().max(63).optional(),
  profile: z.string().max(63).optional(),
  origin: CertificateOrigin.optional().describe('Whether it was issued here or came in from elsewhere'),
  endEntityId: Id.optional().describe('Those of one end entity'),
  expiresBefore: Timestamp.optional(),
  metadata: z.string().min(1).max(1101).optional().describe("'name=value', or 'name' for any value"),
};

export const certificateSort = z
  .enum(['createdAt', '-createdAt', 'notAfter', '-notAfter', 'commonName', '-commonName'])
  .default('-createdAt')
  .describe('A leading hyphen sorts descending');
