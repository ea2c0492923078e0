/** Alerts: what needs a person, told once and resolved by itself; and the same as a verdict for monitoring. */
import { z } from 'zod';
import { Alert, AlertKind } from '../model/alert.ts';
import { Id, pageOf, pageQuery, RealmRef, Timestamp } from '../model/basics.ts';
import { DurationText } from '../model/policy.ts';
import { operation } from './operation.ts';

export const alertStates = ['new', 'open', 'all'] as const;

export const listAlerts = operation({
  id: 'alerts.list',
  summary: 'List the alerts, newest first',
  method: 'GET',
  path: '/alerts',
  input: z.strictObject({
    ...pageQuery,
    realm: RealmRef.optional(),
    state: z
      .enum(alertStates)
      .default('open')
      .describe('new: nobody has acknowledged it; open: its cause is still there'),
    kind: AlertKind.optional(),
  }),
  output: pageOf(Alert),
  errors: ['NOT_FOUND'],
  permission: 'alerts.read',
  risk: 'none',
});

export const acknowledgeAlerts = operation({
  id: 'alerts.acknowledge',
  summary: 'Acknowledge alerts: someone has seen them',
  method: 'POST',
  path: '/alerts/acknowledge',
  input: z.strictObject({ ids: z.array(Id).min(1).max(500) }),
  output: z.strictObject({ acknowledged: z.int() }),
  errors: [],
  permission: 'alerts.acknowledge',
  risk: 'change',
  audit: 'alerts.acknowledged',
});

export const CheckFinding = z
  .strictObject({
    kind: AlertKind,
    id: Id.describe('Of the certificate or authority'),
    name: z.string(),
    at: Timestamp.describe('End of the certificate or CRL'),
    message: z.string(),
  })
  .meta({ id: 'CheckFinding' });
export type CheckFinding = z.infer<typeof CheckFinding>;

export const check = operation({
  id: 'system.check',
  summary: 'Check that nothing ends soon that nobody has renewed: certificates, authorities, CRLs',
  description:
    'For monitoring: the command ends with 0, or with 1 and the findings. A CRL counts where it ends within the span and should have been replaced by now.',
  method: 'GET',
  path: '/check',
  input: z.strictObject({
    expiring: DurationText.default('30d').describe('Certificates and authorities that end within it'),
    crl: DurationText.default('7d').describe('CRLs that end within it'),
    realm: RealmRef.optional(),
  }),
  output: z
    .strictObject({
      ok: z.boolean(),
      findings: z.array(CheckFinding).describe('100 certificates at most, the next to end first'),
      total: z.int().describe('Of the findings, also those that are not listed'),
    })
    .meta({ id: 'CheckResult' }),
  errors: ['NOT_FOUND'],
  permission: 'certificates.read',
  risk: 'none',
  command: 'check',
  isVerdict: true,
});

export const alertOperations = [listAlerts, acknowledgeAlerts] as const;
export const checkOperations = [check] as const;
