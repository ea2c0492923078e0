/** What narrows a list of certificates, or chooses those that something is done to. */
import { z } from 'zod';
import { Id, pageQuery, RealmRef, Timestamp } from '../model/basics.ts';
import { CertificateOrigin, CertificateStatus } from '../model/certificate.ts';

/** How long a query may be is for its reader to say, which names the place. */
export const CertificateQueryText = z
  .string()
  .max(8000)
  .describe('In the query language, e.g. CN -contains "example" AND ExpirationDate -le "%TODAY+30%"');

export const certificateFilters = {
  search: pageQuery.search,
  query: CertificateQueryText.optional(),
  collection: Id.optional().describe('Those of a collection'),
  realm: RealmRef.optional(),
  status: CertificateStatus.optional(),
  exclude: z.array(CertificateStatus).max(5).optional().describe('Statuses of those that are left out'),
  authority: z.string().max(63).optional(),
  profile: z.string().max(63).optional(),
  origin: CertificateOrigin.optional().describe('Whether it was issued here or came in from elsewhere'),
  endEntityId: Id.optional().describe('Those of one end entity'),
  expiresBefore: Timestamp.optional(),
  archived: z.boolean().optional().describe('Those that are archived, which are left out otherwise'),
  metadata: z.string().min(1).max(1101).optional().describe("'name=value', or 'name' for any value"),
};

export const certificateSort = z
  .enum([
    'createdAt',
    '-createdAt',
    'notBefore',
    '-notBefore',
    'notAfter',
    '-notAfter',
    'commonName',
    '-commonName',
  ])
  .default('-createdAt')
  .describe('A leading hyphen sorts descending');
