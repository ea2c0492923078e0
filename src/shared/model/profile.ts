/** What a profile adds to its policy: defaults of requests, what becomes of keys, renewal, approval. */
import { z } from 'zod';
import { Approval } from './approval.ts';
import { ExtendedKeyUsageOrOid } from './extensions.ts';
import { KeyUsage, Subject } from './names.ts';
import { durationPattern } from './policy.ts';

export const RequestedBasicConstraints = z
  .strictObject({ isCa: z.boolean(), pathLength: z.int().min(0).max(20).optional() })
  .meta({ id: 'RequestedBasicConstraints', description: 'Whether the certificate is one of an authority.' });
export type RequestedBasicConstraints = z.infer<typeof RequestedBasicConstraints>;

export const ProfileDefaults = z
  .strictObject({
    subject: Subject.optional(),
    keyUsages: z.array(KeyUsage).max(9).optional(),
    extendedKeyUsages: z.array(ExtendedKeyUsageOrOid).max(100).optional(),
    basicConstraints: RequestedBasicConstraints.optional(),
  })
  .meta({
    id: 'ProfileDefaults',
    description: 'What a request holds where it says nothing of it; null in a request clears one.',
  });
export type ProfileDefaults = z.infer<typeof ProfileDefaults>;

export const KeyRetention = z
  .enum(['sealed', 'handed-out'])
  .describe('What becomes of a key generated here: kept sealed, or handed out once and forgotten');
export type KeyRetention = z.infer<typeof KeyRetention>;

export const RenewBefore = z
  .string()
  .max(64)
  .refine((text) => /^[1-9][0-9]?%$/.test(text) || (durationPattern.test(text) && /[1-9]/.test(text)), {
    error: 'Write a duration such as 30d, or a part of the lifetime such as 33%.',
  })
  .meta({
    id: 'RenewBefore',
    description: 'How long before its end a certificate is renewed: 30d, P1M, or 33% of its lifetime.',
  });

export const RenewalSettings = z
  .strictObject({
    autoRenew: z
      .boolean()
      .default(false)
      .describe('Whether certificates with keys kept here renew themselves'),
    renewBefore: RenewBefore.default('33%'),
  })
  .meta({ id: 'RenewalSettings' });
export type RenewalSettings = z.infer<typeof RenewalSettings>;

/** All of it as it is stored, one JSON text for each profile. */
export const ProfileSettings = z.strictObject({
  enabled: z.boolean().default(true),
  description: z.string().max(1000).default(''),
  defaults: ProfileDefaults.default({}),
  keyRetention: KeyRetention.default('sealed'),
  renewal: RenewalSettings.default({ autoRenew: false, renewBefore: '33%' }),
  approval: Approval.nullable().default(null),
});
export type ProfileSettings = z.infer<typeof ProfileSettings>;
