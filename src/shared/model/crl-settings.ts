/** How an authority issues its CRLs: what can be set for each one, and what they have at first. */
import { z } from 'zod';

const hoursOfYear = 366 * 24;

export const crlSettingFields = {
  validityHours: z
    .int()
    .min(1)
    .max(hoursOfYear)
    .describe('How long a CRL is good for; half a year for a root, a week otherwise'),
  overlapHours: z
    .int()
    .min(0)
    .max(hoursOfYear)
    .describe('How long before its end the next one is issued, less than its validity'),
  deltas: z.boolean().describe('Whether a delta CRL with what is new is issued beside the whole list'),
  shards: z
    .int()
    .min(1)
    .max(64)
    .describe('On how many CRLs new certificates are spread, beside the whole list; needs a publication URL'),
  folder: z
    .string()
    .max(1000)
    .describe('A folder to which every new CRL is written, an absolute path; empty for none'),
} as const;

export const CrlSettings = z
  .strictObject(crlSettingFields)
  .meta({ id: 'CrlSettings', description: 'How an authority issues its CRLs.' });
export type CrlSettings = z.infer<typeof CrlSettings>;

/** A root's list changes rarely and its authority may lie offline. */
export function defaultCrlSettings(kind: 'root' | 'intermediate' | 'external'): CrlSettings {
  const validityHours = (kind === 'root' ? 180 : 7) * 24;
  return { validityHours, overlapHours: validityHours / 2, deltas: false, shards: 1, folder: '' };
}
