/** Certificates from elsewhere, which are watched over. */
import { z } from 'zod';
import { fromPaths, RealmRef, secret } from '../model/basics.ts';
import { operation } from './operation.ts';

const ImportRefusal = z.strictObject({
  file: z.string(),
  reason: z.string().describe('Why nothing of it, or not all of it, came in'),
});

export const ImportSummary = z
  .strictObject({
    dryRun: z.boolean().describe('Whether nothing was changed'),
    imported: z.int(),
    known: z.int().describe('How many certificates were in the realm already'),
    refused: z.array(ImportRefusal),
  })
  .meta({ id: 'ImportSummary' });
export type ImportSummary = z.infer<typeof ImportSummary>;

/** How much a call of an import takes; whoever has more makes several calls. */
export const importLimits = {
  files: 1000,
  bodyBytes: 32 * 1024 * 1024,
  fileBytes: 23 * 1024 * 1024,
} as const;

export const importCertificates = operation({
  id: 'certificates.import',
  summary: 'Import certificates from elsewhere, to watch over them',
  description:
    'From files in any form: PEM, DER, PKCS#7, PKCS#12, Java key stores, JWK. Private keys stay out. What is in the realm already is known by its SHA-256.',
  method: 'POST',
  path: '/certificates/import',
  input: z
    .strictObject({
      files: z
        .array(z.strictObject({ name: z.string().min(1).max(1024), contentBase64: z.base64() }))
        .min(1)
        .max(importLimits.files)
        .meta(fromPaths),
      realm: RealmRef.optional(),
      passphrase: z
        .string()
        .max(1024)
        .meta(secret)
        .optional()
        .describe('Of the PKCS#12 files and key stores'),
      dryRun: z.boolean().default(false).describe('Says what would come in, and changes nothing'),
    })
    .meta({ positional: ['files'] }),
  output: ImportSummary,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'certificates.import',
  risk: 'change',
  audit: 'certificates.imported',
  maxBodyBytes: importLimits.bodyBytes,
});
