/** What is done to many certificates at once, as jobs, and their list as a file. */
import { z } from 'zod';
import { fromFile, Id, RealmRef, secret, TextStream, Timestamp } from '../model/basics.ts';
import { RevocationReason } from '../model/names.ts';
import { certificateFilters, certificateSort } from './certificate-filters.ts';
import { Job } from './jobs.ts';
import { operation } from './operation.ts';

export const bulkLimits = {
  rows: 10_000,
  ids: 10_000,
  matching: 100_000,
  bodyBytes: 32 * 1024 * 1024,
} as const;

/** Columns of a file of devices that are attributes of the subject. */
export const bulkSubjectColumns = [
  'commonName',
  'organization',
  'organizationalUnit',
  'country',
  'state',
  'locality',
  'serialNumber',
  'emailAddress',
] as const;
/** The alternative names, several in a cell. */
export const bulkNameColumns = ['dns', 'ip', 'email', 'uri', 'upn'] as const;
/** Columns that a file of devices may have; others begin with `metadata.` and are kept as notes. */
export const bulkColumns = [
  ...bulkSubjectColumns,
  ...bulkNameColumns,
  'csr',
  'keyAlgorithm',
  'validity',
] as const;
export type BulkColumn = (typeof bulkColumns)[number];

const dryRun = z.boolean().default(false).describe('Looks at everything, and changes nothing');

export const issueBulk = operation({
  id: 'certificates.issue-bulk',
  summary: 'Issue certificates for the rows of a CSV file',
  description:
    'A job. The first line names the columns; several names in a cell are separated by spaces or semicolons. Where a row cannot be issued, none is, unless skipInvalid is set.',
  method: 'POST',
  path: '/certificates/issue-bulk',
  input: z
    .strictObject({
      csv: z
        .string()
        .max(20_000_000)
        .meta(fromFile)
        .describe(`With a header of ${bulkColumns.join(', ')}, metadata.NAME`),
      profile: z.string().min(1).max(63).optional().describe("Slug or id; the client's default where absent"),
      realm: RealmRef.optional(),
      passphrase: z
        .string()
        .min(8)
        .max(1024)
        .meta(secret)
        .optional()
        .describe('Keys made here come in the result as PKCS#12 files under it'),
      skipInvalid: z.boolean().default(false).describe('Issue the other rows where some cannot be issued'),
      dryRun,
    })
    .meta({ positional: ['csv'] }),
  output: Job,
  status: 202,
  errors: ['NOT_FOUND', 'RATE_LIMITED'],
  permission: 'certificates.issue',
  risk: 'change',
  audit: 'job.started',
  maxBodyBytes: bulkLimits.bodyBytes,
});

/** Chosen by their ids, or by what a list of them is narrowed by. */
const chosen = {
  ids: z.array(Id).min(1).max(bulkLimits.ids).optional().describe('Or filters'),
  ...certificateFilters,
  expected: z.int().min(0).optional().describe('Refused unless so many match, as a dry run has counted'),
  dryRun,
};

export const renewBulk = operation({
  id: 'certificates.renew-bulk',
  summary: 'Renew many certificates with new keys',
  description: 'A job over the certificates named, or over all that match the filters.',
  method: 'POST',
  path: '/certificates/renew-bulk',
  input: z.strictObject({
    ...chosen,
    passphrase: z
      .string()
      .min(8)
      .max(1024)
      .meta(secret)
      .optional()
      .describe('The new keys come in the result as PKCS#12 files under it'),
    validity: z.string().max(20).optional(),
  }),
  output: Job,
  status: 202,
  errors: ['NOT_FOUND', 'CONFLICT', 'RATE_LIMITED'],
  permission: 'certificates.renew',
  risk: 'change',
  audit: 'job.started',
  maxBodyBytes: 1024 * 1024,
});

export const revokeBulk = operation({
  id: 'certificates.revoke-bulk',
  summary: 'Revoke many certificates',
  description: 'A job over the certificates named, or over all that match the filters.',
  method: 'POST',
  path: '/certificates/revoke-bulk',
  input: z.strictObject({
    ...chosen,
    reason: RevocationReason.default('unspecified'),
    comment: z.string().max(1000).optional(),
    invalidityDate: Timestamp.optional(),
  }),
  output: Job,
  status: 202,
  errors: ['NOT_FOUND', 'CONFLICT', 'RATE_LIMITED'],
  permission: 'certificates.revoke',
  risk: 'destructive',
  audit: 'job.started',
  maxBodyBytes: 1024 * 1024,
});

export const exportCsv = operation({
  id: 'certificates.export-csv',
  summary: 'Download the list of certificates as CSV',
  description:
    'All that match, streamed. Cells that a spreadsheet would take for a formula begin with an apostrophe.',
  method: 'GET',
  path: '/certificates/export-csv',
  input: z.strictObject({ ...certificateFilters, sort: certificateSort }),
  output: TextStream,
  errors: [],
  permission: 'certificates.read',
  risk: 'none',
});

export const bulkOperations = [issueBulk, renewBulk, revokeBulk, exportCsv] as const;
