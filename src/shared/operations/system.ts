/** The installation as a whole: quick start, overview, settings, audit. */
import { z } from 'zod';
import { Id, pageOf, pageQuery, Slug, Timestamp } from '../model/basics.ts';
import { settingKeys } from '../model/settings.ts';
import { operation } from './operation.ts';

export const quickstart = operation({
  id: 'system.quickstart',
  summary: 'Make a working set: a realm, a root and an issuing authority, policies and profiles',
  description: 'Makes what is missing of the set and leaves the rest as it is, so it can be repeated.',
  method: 'POST',
  path: '/quickstart',
  input: z.strictObject({}),
  output: z
    .strictObject({
      realm: Slug,
      authorities: z.array(Slug),
      profiles: z.array(Slug),
      created: z.array(z.string()).describe('What was made by this call'),
    })
    .meta({ id: 'Quickstarted' }),
  errors: [],
  permission: 'authorities.create',
  risk: 'change',
  audit: 'system.quickstarted',
  command: 'quickstart',
});

export const ExpiryBucket = z
  .strictObject({ from: Timestamp, to: Timestamp, count: z.int() })
  .meta({ id: 'ExpiryBucket', description: 'Valid certificates whose notAfter lies in the span' });

export const Overview = z
  .strictObject({
    certificates: z.strictObject({
      valid: z.int(),
      expired: z.int(),
      revoked: z.int(),
      expiringIn7Days: z.int(),
      expiringIn30Days: z.int(),
    }),
    /** 12 weeks from today. */
    expiry: z.array(ExpiryBucket),
    authorities: z.int(),
    clients: z.int(),
    pending: z.int(),
    profiles: z.int(),
    /** CRLs that lapse first. */
    crls: z.array(z.strictObject({ authority: Slug, nextUpdate: Timestamp })),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof Overview>;

export const getOverview = operation({
  id: 'system.overview',
  summary: 'What expires when, and what waits for a decision',
  method: 'GET',
  path: '/overview',
  input: z.strictObject({}),
  output: Overview,
  errors: [],
  permission: 'certificates.read',
  risk: 'none',
  command: 'overview',
});

export const Setting = z
  .strictObject({ key: z.enum(settingKeys), value: z.string(), isDefault: z.boolean() })
  .meta({ id: 'Setting' });

export const listSettings = operation({
  id: 'settings.list',
  summary: 'List the settings',
  method: 'GET',
  path: '/settings',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(Setting) }),
  errors: [],
  permission: 'settings.read',
  risk: 'none',
});

export const setSetting = operation({
  id: 'settings.set',
  summary: 'Change a setting',
  method: 'PUT',
  path: '/settings/{key}',
  input: z
    .strictObject({ key: z.enum(settingKeys), value: z.string().min(1).max(200) })
    .meta({ positional: ['key', 'value'] }),
  output: Setting,
  errors: ['NOT_FOUND'],
  permission: 'settings.write',
  risk: 'change',
  audit: 'setting.changed',
});

export const AuditEvent = z
  .strictObject({
    index: z.int(),
    at: Timestamp,
    type: z.string(),
    actor: z.strictObject({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
    door: z.string(),
    outcome: z.enum(['success', 'failure']),
    realm: Id.nullable(),
    subject: z.strictObject({ kind: z.string(), id: z.string(), name: z.string().optional() }).nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;

export const listAudit = operation({
  id: 'audit.list',
  summary: 'List the audit events, newest first',
  method: 'GET',
  path: '/audit',
  input: z.strictObject(pageQuery),
  output: pageOf(AuditEvent),
  errors: [],
  permission: 'audit.read',
  risk: 'none',
});

export const health = operation({
  id: 'system.health',
  summary: 'Whether the service answers and the vault is open',
  method: 'GET',
  path: '/health',
  input: z.strictObject({}),
  output: z
    .strictObject({ status: z.enum(['ok', 'locked', 'uninitialised']), version: z.string() })
    .meta({ id: 'Health' }),
  errors: [],
  permission: 'public',
  risk: 'none',
  whileLocked: true,
  command: 'health',
});

export const Diagnosis = z
  .strictObject({
    ok: z.boolean().describe('Whether nothing is an error'),
    findings: z.array(
      z.strictObject({
        status: z.enum(['ok', 'warning', 'error']),
        check: z.string(),
        message: z.string(),
        hint: z.string().optional().describe('How to mend it'),
      }),
    ),
    /** Who does the arithmetic of each algorithm of keys: the runtime, a library, or nobody. */
    algorithms: z.record(z.string(), z.enum(['native', 'library', 'none'])),
  })
  .meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof Diagnosis>;

export const doctor = operation({
  id: 'system.doctor',
  summary: 'Examine the installation: runtime, vault, files, clock, database',
  method: 'GET',
  path: '/doctor',
  input: z.strictObject({
    keys: z
      .boolean()
      .default(false)
      .describe('Compare the newest RSA keys with each other too, which takes seconds'),
  }),
  output: Diagnosis,
  errors: [],
  permission: 'settings.read',
  risk: 'none',
  whileLocked: true,
  command: 'doctor',
  isVerdict: true,
});

export const systemOperations = [quickstart, getOverview, health, doctor] as const;
export const settingOperations = [listSettings, setSetting] as const;
export const auditOperations = [listAudit] as const;
