/** The life of an order: whether and when it is renewed, by whom, and what is due when. */
import { z } from 'zod';
import { FileContent, Id, pageOf, pageQuery, RealmRef, Slug, Timestamp } from '../model/basics.ts';
import { CertificateSummary } from '../model/certificate.ts';
import { RenewBefore } from '../model/profile.ts';
import { OrderRenewal, RenewalInformation } from '../model/renewal.ts';
import { operation } from './operation.ts';

export const renewalInformation = operation({
  id: 'certificates.renewal',
  summary: 'Say whether a certificate can be renewed, why not, and when it should be',
  description:
    'For scripts, in the way of RFC 9773: renew at a random moment of the window, and ask again after Retry-After.',
  method: 'GET',
  path: '/certificates/{id}/renewal',
  input: z.strictObject({ id: Id }),
  output: RenewalInformation,
  errors: ['NOT_FOUND'],
  permission: 'certificates.read',
  risk: 'none',
});

export const configureRenewal = operation({
  id: 'certificates.configure',
  summary: 'Set whether and when Chancery renews a certificate by itself',
  description:
    'Holds for the order, so for its renewals too. What is absent stays; null is what the profile says.',
  method: 'PATCH',
  path: '/certificates/{id}/config',
  input: z.strictObject({
    id: Id,
    autoRenew: z.boolean().nullable().optional(),
    renewBefore: RenewBefore.nullable().optional(),
  }),
  output: OrderRenewal,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'certificates.renew',
  risk: 'change',
  audit: 'certificate.configured',
});

export const Order = z
  .strictObject({
    id: Id,
    realm: Slug,
    commonName: z.string(),
    newest: CertificateSummary,
    certificates: z.array(CertificateSummary).describe('The newest first'),
    renewal: OrderRenewal,
  })
  .meta({ id: 'Order', description: 'The stable line of a certificate and its renewals.' });
export type Order = z.infer<typeof Order>;

export const showOrder = operation({
  id: 'orders.show',
  summary: 'Show an order: its newest certificate, and all before it',
  method: 'GET',
  path: '/orders/{id}',
  input: z.strictObject({ id: Id }),
  output: Order,
  errors: ['NOT_FOUND'],
  permission: 'certificates.read',
  risk: 'none',
});

export const DueRenewal = z
  .strictObject({
    orderId: Id,
    certificateId: Id,
    realm: Slug,
    commonName: z.string(),
    dueAt: Timestamp.describe('When Chancery renews it, or else when it ends'),
    isAutomatic: z.boolean(),
    notAfter: Timestamp,
    attempts: z.int(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'DueRenewal' });
export type DueRenewal = z.infer<typeof DueRenewal>;

const span = {
  realm: RealmRef.optional(),
  from: Timestamp.optional().describe('Now where it is absent'),
  to: Timestamp.optional().describe('A year later where it is absent'),
};

export const listRenewals = operation({
  id: 'renewals.list',
  summary: 'List what is to be renewed when',
  method: 'GET',
  path: '/renewals',
  input: z.strictObject({ ...pageQuery, ...span }),
  output: pageOf(DueRenewal),
  errors: ['NOT_FOUND'],
  permission: 'certificates.read',
  risk: 'none',
});

export const renewalDays = operation({
  id: 'renewals.days',
  summary: 'Count what is to be renewed on each day',
  method: 'GET',
  path: '/renewals/days',
  input: z.strictObject(span),
  output: z.strictObject({
    items: z.array(
      z.strictObject({
        day: z.iso.date(),
        automatic: z.int().describe('Renewed by Chancery'),
        manual: z.int().describe('Ending on that day unless someone renews'),
      }),
    ),
  }),
  errors: ['NOT_FOUND'],
  permission: 'certificates.read',
  risk: 'none',
});

export const renewalCalendar = operation({
  id: 'renewals.calendar',
  summary: 'Download what is to be renewed when as a calendar file',
  description: 'iCalendar (RFC 5545), one entry for each certificate, the next 2,000 at most.',
  method: 'GET',
  path: '/renewals/calendar',
  input: z.strictObject(span),
  output: FileContent,
  errors: ['NOT_FOUND'],
  permission: 'certificates.read',
  risk: 'none',
});

export const certificateRenewalOperations = [renewalInformation, configureRenewal] as const;
export const orderOperations = [showOrder] as const;
export const renewalOperations = [listRenewals, renewalDays, renewalCalendar] as const;
