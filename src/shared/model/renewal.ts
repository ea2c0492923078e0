/** When certificates are renewed: what can be set, and what an order and its renewal look like. */
import { z } from 'zod';
import { Id, Timestamp } from './basics.ts';
import { RenewBefore } from './profile.ts';

/** What holds where neither order nor profile says anything. */
export const defaultRenewBefore = '33%';

export const renewalRefusalCodes = [
  'revoked',
  'expired',
  'not-yet-valid',
  'imported',
  'no-profile',
  'profile-gone',
  'already-renewed',
  'authority-inactive',
  'authority-ends-first',
  'key-elsewhere',
] as const;

export const RenewalRefusal = z
  .strictObject({
    code: z.enum(renewalRefusalCodes),
    message: z.string().describe('The end of a sentence that begins with the certificate'),
  })
  .meta({ id: 'RenewalRefusal', description: 'One reason why a certificate cannot be renewed.' });
export type RenewalRefusal = z.infer<typeof RenewalRefusal>;

export const renewalSources = ['newKey', 'sameKey', 'newCsr'] as const;

export const OrderRenewal = z
  .strictObject({
    autoRenew: z.boolean().describe('Whether Chancery renews by itself, by the order or else by the profile'),
    renewBefore: RenewBefore,
    setBy: z.enum(['order', 'profile', 'default']).describe('Who says so'),
    nextAttemptAt: Timestamp.nullable().describe('When Chancery will try next; null where it does not'),
    attempts: z.int().describe('How many tries have failed since the newest certificate'),
    lastError: z.string().nullable(),
    lastRenewedAt: Timestamp.nullable(),
  })
  .meta({ id: 'OrderRenewal', description: 'How and when an order renews itself.' });
export type OrderRenewal = z.infer<typeof OrderRenewal>;

export const RenewalInformation = z
  .strictObject({
    certificateId: Id,
    orderId: Id,
    eligible: z.boolean(),
    reasons: z.array(RenewalRefusal).describe('All that is against it'),
    sources: z.array(z.enum(renewalSources)).describe('What the key of the renewal may come from'),
    suggestedWindow: z
      .strictObject({ start: Timestamp, end: Timestamp })
      .nullable()
      .describe(
        'As in RFC 9773; in the past for a certificate to be renewed at once, null for one that cannot be',
      ),
    suggestedTime: Timestamp.nullable().describe(
      'A moment in the window, always the same for one certificate',
    ),
    explanation: z.string(),
    retryAfterSeconds: z.int().describe('When to ask again, also in the Retry-After header'),
    renewal: OrderRenewal,
  })
  .meta({ id: 'RenewalInformation' });
export type RenewalInformation = z.infer<typeof RenewalInformation>;
