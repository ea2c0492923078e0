/**
 * Who may do what: the permissions by name, and the built-in roles as plain data. An operation names the one
 * permission that it needs; opening and closing a session and asking for a token need none. A role is granted
 * globally or in realms, and what lies outside one's realms is not found rather than forbidden: both are for
 * the services to hold, not for this table.
 */
import { z } from 'zod';

export const permissions = [
  'realms.read',
  'realms.create',
  'realms.update',
  'realms.archive',
  'operators.read',
  'operators.write',
  'roles.read',
  'roles.write',
  'identity-providers.read',
  'identity-providers.write',
  'settings.read',
  'settings.write',
  'vault.manage',
  'backup.manage',
  'listeners.manage',
  'authorities.read',
  'authorities.create',
  'authorities.renew',
  'authorities.disable',
  'authorities.export',
  'authorities.publish',
  'policies.read',
  'policies.write',
  'profiles.read',
  'profiles.write',
  'end-entities.read',
  'end-entities.write',
  'certificates.read',
  'certificates.issue',
  'certificates.renew',
  'certificates.revoke',
  'certificates.import',
  'certificates.archive',
  'certificates.metadata',
  'certificates.private-key',
  'requests.read',
  'requests.decide',
  'requests.cancel',
  'clients.read',
  'clients.create',
  'clients.update',
  'clients.reset-secret',
  'clients.delete',
  'clients.sync',
  'pending.read',
  'pending.decide',
  'device-clients.read',
  'device-clients.write',
  'collections.read',
  'collections.write',
  'metadata-fields.read',
  'metadata-fields.write',
  'alerts.read',
  'alerts.acknowledge',
  'alerts.configure',
  'audit.read',
  'audit.verify',
  'ceremonies.run',
  'bundles.read',
  'bundles.manage',
] as const;

export const Permission = z
  .enum(permissions)
  .meta({ id: 'Permission', description: 'What an operation needs, as `area.verb`.' });
export type Permission = z.infer<typeof Permission>;

export const roleNames = ['administrator', 'ra-operator', 'approver', 'auditor', 'api-client'] as const;

export const RoleName = z.enum(roleNames).meta({ id: 'RoleName', description: 'A built-in role.' });
export type BuiltInRole = z.infer<typeof RoleName>;

/** A role by its slug: a built-in one, or one of the installation's own. */
export const RoleRef = z.string().min(1).max(63).describe('Slug of a role, built-in or own');

/** What concerns the installation as a whole: held only by whom a role with it was granted in all realms. */
export const globalPermissions: ReadonlySet<Permission> = new Set<Permission>([
  'realms.create',
  'realms.update',
  'realms.archive',
  'operators.write',
  'roles.write',
  'identity-providers.read',
  'identity-providers.write',
  'settings.write',
  'vault.manage',
  'backup.manage',
  'listeners.manage',
  'ceremonies.run',
  'bundles.manage',
]);

/** Permissions that a role may give for one's own objects alone: what the holder created, requested or is. */
export const ownablePermissions = [
  'certificates.private-key',
  'requests.read',
  'requests.cancel',
  'clients.read',
] as const satisfies readonly Permission[];

/** What each role may do. Those also in `ownOnly` hold for one's own objects alone. */
export const roleGrants: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  administrator: permissions,
  'ra-operator': [
    'realms.read',
    'authorities.read',
    'policies.read',
    'profiles.read',
    'end-entities.read',
    'end-entities.write',
    'certificates.read',
    'certificates.issue',
    'certificates.renew',
    'certificates.revoke',
    'certificates.import',
    'certificates.archive',
    'certificates.metadata',
    'requests.read',
    'requests.cancel',
    'clients.read',
    'clients.create',
    'clients.update',
    'clients.reset-secret',
    'clients.delete',
    'clients.sync',
    'pending.read',
    'pending.decide',
    'device-clients.read',
    'device-clients.write',
    'collections.read',
    'collections.write',
    'metadata-fields.read',
    'metadata-fields.write',
    'alerts.read',
    'alerts.acknowledge',
  ],
  approver: [
    'realms.read',
    'authorities.read',
    'policies.read',
    'profiles.read',
    'end-entities.read',
    'certificates.read',
    'requests.read',
    'requests.decide',
    'pending.read',
    'device-clients.read',
    'collections.read',
    'metadata-fields.read',
    'alerts.read',
  ],
  auditor: [
    'realms.read',
    'operators.read',
    'roles.read',
    'settings.read',
    'authorities.read',
    'policies.read',
    'profiles.read',
    'end-entities.read',
    'certificates.read',
    'requests.read',
    'clients.read',
    'pending.read',
    'device-clients.read',
    'collections.read',
    'metadata-fields.read',
    'alerts.read',
    'audit.read',
    'audit.verify',
    'bundles.read',
  ],
  'api-client': [
    'realms.read',
    'authorities.read',
    'profiles.read',
    'end-entities.read',
    'end-entities.write',
    'certificates.read',
    'certificates.issue',
    'certificates.renew',
    'certificates.revoke',
    'certificates.metadata',
    'certificates.private-key',
    'requests.read',
    'requests.cancel',
    'clients.read',
    'collections.read',
    'metadata-fields.read',
  ],
};

/** The part of `roleGrants` that holds only for what the actor created, requested or is. */
export const ownOnly: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  administrator: [],
  'ra-operator': ['requests.cancel'],
  approver: [],
  auditor: [],
  'api-client': ['certificates.private-key', 'requests.read', 'requests.cancel', 'clients.read'],
};
