/** What people are told of without asking. */
import { z } from 'zod';
import { Id, Slug, Timestamp } from './basics.ts';

/** What stands until its cause is gone. */
export const alertKinds = [
  'certificate.expiring',
  'certificate.expired',
  'renewal.failed',
  'authority.expiring',
  'crl.overdue',
  'client.secret-expiring',
  'request.pending',
  'certificate.pending',
  'delivery.failed',
] as const;
export const AlertKind = z.enum(alertKinds).meta({ id: 'AlertKind' });
export type AlertKind = z.infer<typeof AlertKind>;

/** What has happened, and is over: it goes outward, and stands in the audit. */
export const eventKinds = ['certificate.issued', 'certificate.renewed', 'certificate.revoked'] as const;
export type EventKind = (typeof eventKinds)[number];

/** What goes outward where it is wanted. */
export const noticeKinds = [...alertKinds, ...eventKinds] as const;
export const NoticeKind = z.enum(noticeKinds).meta({ id: 'NoticeKind' });
export type NoticeKind = z.infer<typeof NoticeKind>;

export const AlertSeverity = z.enum(['warning', 'critical']).meta({ id: 'AlertSeverity' });
export type AlertSeverity = z.infer<typeof AlertSeverity>;

export const AlertSubjectKind = z.enum(['order', 'authority', 'client', 'request', 'pending', 'destination']);
export type AlertSubjectKind = z.infer<typeof AlertSubjectKind>;

export const Alert = z
  .strictObject({
    id: Id,
    realm: Slug,
    kind: AlertKind,
    severity: AlertSeverity,
    subjectKind: AlertSubjectKind,
    subjectId: Id,
    message: z.string(),
    detail: z
      .strictObject({
        name: z
          .string()
          .describe('Common name of the certificate, id of the client, or name of what else it is about'),
        at: Timestamp.describe(
          'End of the certificate, CRL, secret or request; or since when something waits',
        ),
        certificateId: Id.optional(),
        reason: z.string().optional().describe('Why a renewal or a delivery failed'),
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
