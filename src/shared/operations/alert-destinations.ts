/** Where alerts go outside of Chancery: nowhere, until someone has said where. */
import { z } from 'zod';
import { NoticeKind } from '../model/alert.ts';
import {
  DisplayName,
  fromFile,
  Id,
  Nothing,
  pageOf,
  pageQuery,
  RealmRef,
  secret,
  Timestamp,
} from '../model/basics.ts';
import { operation } from './operation.ts';

export const destinationKinds = ['webhook', 'smtp'] as const;
export const smtpSecurities = ['tls', 'starttls', 'none'] as const;

const email = z.email().max(254);
const host = z
  .string()
  .max(253)
  .regex(/^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]+)$/);

/** Where it is, by kind: the ones that the other kind has are null. */
const address = {
  url: z.string().max(2048).nullable().describe('Of a webhook; https, or http on this machine'),
  host: host.nullable().describe('Of the mail server'),
  port: z.int().min(1).max(65_535).nullable(),
  security: z
    .enum(smtpSecurities)
    .nullable()
    .describe('tls from the first byte, starttls before anything is said, none on this machine only'),
  username: z.string().min(1).max(254).nullable(),
  sender: email.nullable(),
  recipients: z.array(email).min(1).max(20).nullable(),
  trust: z
    .string()
    .max(100_000)
    .nullable()
    .describe('PEM of the authorities whose certificate it shows, where those of the system are not meant'),
};

export const AlertDestination = z
  .strictObject({
    id: Id,
    name: z.string(),
    kind: z.enum(destinationKinds),
    notices: z.array(NoticeKind).describe('What it is told of'),
    realms: z.array(z.string()).nullable().describe('Slugs; null for all, SYSTEM among them'),
    enabled: z.boolean(),
    ...address,
    hasPassword: z.boolean(),
    waiting: z.int().describe('What is still to be delivered'),
    lost: z.int().describe('What was given up since the last delivery'),
    failures: z.int().describe('Attempts in a row that failed'),
    lastError: z.string().nullable(),
    nextAttemptAt: Timestamp.nullable(),
    lastDeliveredAt: Timestamp.nullable(),
    createdAt: Timestamp,
  })
  .meta({ id: 'AlertDestination' });
export type AlertDestination = z.infer<typeof AlertDestination>;

const given = {
  notices: z.array(NoticeKind).min(1).max(NoticeKind.options.length).describe('What it is told of'),
  realms: z.array(RealmRef).min(1).max(100).nullable().describe('null for all'),
  enabled: z.boolean(),
  url: address.url.unwrap(),
  host: address.host.unwrap(),
  port: address.port.unwrap(),
  security: address.security.unwrap(),
  username: address.username,
  password: z.string().min(1).max(1024).meta(secret).describe('Kept sealed, and never shown'),
  sender: address.sender.unwrap(),
  recipients: address.recipients.unwrap(),
  trust: address.trust.unwrap().meta(fromFile).nullable(),
};

const optional = z.strictObject(given).partial().shape;

export const listDestinations = operation({
  id: 'alert-destinations.list',
  summary: 'List where alerts go, and how that goes',
  method: 'GET',
  path: '/alert-destinations',
  input: z.strictObject(pageQuery),
  output: pageOf(AlertDestination),
  errors: [],
  permission: 'alerts.configure',
  risk: 'none',
});

export const createDestination = operation({
  id: 'alert-destinations.create',
  summary: 'Have alerts sent to a webhook or by mail',
  description:
    'A webhook gets CloudEvents 1.0 as JSON, signed as Standard Webhooks has it; the secret for that is in this answer and nowhere else.',
  method: 'POST',
  path: '/alert-destinations',
  input: z.strictObject({
    name: DisplayName,
    kind: z.enum(destinationKinds),
    ...optional,
    notices: given.notices,
  }),
  output: AlertDestination.extend({ signingSecret: z.string().optional().describe('Of a webhook') }).meta({
    id: 'CreatedAlertDestination',
  }),
  status: 201,
  errors: ['NOT_FOUND'],
  permission: 'alerts.configure',
  risk: 'change',
  audit: 'alert-destination.created',
});

export const updateDestination = operation({
  id: 'alert-destinations.update',
  summary: 'Change a destination of alerts',
  description: 'A field that is absent stays as it is. A new address takes its password anew.',
  method: 'PATCH',
  path: '/alert-destinations/{id}',
  input: z.strictObject({ id: Id, name: DisplayName.optional(), ...optional }),
  output: AlertDestination,
  errors: ['NOT_FOUND'],
  permission: 'alerts.configure',
  risk: 'change',
  audit: 'alert-destination.updated',
});

export const resetDestinationSecret = operation({
  id: 'alert-destinations.reset-secret',
  summary: 'Give a webhook a new signing secret; the old one signs nothing any more',
  method: 'POST',
  path: '/alert-destinations/{id}/reset-secret',
  input: z.strictObject({ id: Id }),
  output: z.strictObject({ signingSecret: z.string() }).meta({ id: 'SigningSecret' }),
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'alerts.configure',
  risk: 'destructive',
  audit: 'alert-destination.secret-reset',
});

export const deleteDestination = operation({
  id: 'alert-destinations.delete',
  summary: 'Delete a destination of alerts, with what waits for it',
  method: 'DELETE',
  path: '/alert-destinations/{id}',
  input: z.strictObject({ id: Id }),
  output: Nothing,
  errors: ['NOT_FOUND'],
  permission: 'alerts.configure',
  risk: 'destructive',
  audit: 'alert-destination.deleted',
});

export const testDestination = operation({
  id: 'alert-destinations.test',
  summary: 'Send a test to a destination of alerts, and say what came of it',
  method: 'POST',
  path: '/alert-destinations/{id}/test',
  input: z.strictObject({ id: Id }),
  output: z
    .strictObject({
      ok: z.boolean(),
      detail: z.string().describe('What the other side answered, or why it could not be asked'),
      tookMs: z.int(),
    })
    .meta({ id: 'DeliveryTest' }),
  errors: ['NOT_FOUND'],
  permission: 'alerts.configure',
  risk: 'none',
  audit: 'alert-destination.tested',
  isVerdict: true,
});

export const alertDestinationOperations = [
  listDestinations,
  createDestination,
  updateDestination,
  resetDestinationSecret,
  deleteDestination,
  testDestination,
] as const;
