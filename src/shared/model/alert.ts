/** What people are told of without asking. */
import { z } from 'zod';
import { Id, Slug, Timestamp } from './basics.ts';

export const alertKinds = [
  'certificate.expiring',
  'certificate.expired',
  'renewal.failed',
  'authority.expiring',
  'crl.overdue',
  'client.secret-expiring',
] as const;
export const AlertKind = z.enum(alertKinds).meta({ id: 'AlertKind' });
export type AlertKind = z.infer<typeof AlertKind>;

export const AlertSeverity = z.enum(['warning', 'critical']).meta({ id: 'AlertSeverity' });
export type AlertSeverity = z.infer<typeof AlertSeverity>;

export const Alert = z
  .strictObject({
    id: Id,
    realm: Slug,
    kind: AlertKind,
    severity: AlertSeverity,
    subjectKind: z.enum(['order', 'authority', 'client']),
    subjectId: Id,
    message: z.string(),
    detail: z
      .strictObject({
        name: z
          .string()
          .describe('Common name of the certificate, name of the authority, or id of the client'),
        at: Timestamp.describe('End of the certificate, CRL or secret'),
        certificateId: Id.optional(),
        reason: z.string().optional().describe('Why a renewal failed'),
      })
      .describe('What the message is made of'),
    createdAt: Timestamp,
    resolvedAt: Timestamp.nullable().describe('When the cause was gone'),
    acknowledgedAt: Timestamp.nullable(),
    acknowledgedBy: z.string().nullable(),
  })
  .meta({
    id: 'Alert',
    description: 'Raised once for each cause, and resolved by itself when that is gone.',
  });
export type Alert = z.infer<typeof Alert>;
