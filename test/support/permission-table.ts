/**
 * Who may do what, as it was decided: written down here once more, by hand, so that a change of the program's own
 * table is noticed. `own` is for what the caller created, requested or is.
 */

export const roles = ['administrator', 'ra-operator', 'approver', 'auditor', 'api-client'] as const;
export type TableRole = (typeof roles)[number];

type Cell = 'yes' | 'own' | '';
type Row = readonly [Cell, Cell, Cell, Cell, Cell];

const everyone: Row = ['yes', 'yes', 'yes', 'yes', 'yes'];
const people: Row = ['yes', 'yes', 'yes', 'yes', ''];
const administratorOnly: Row = ['yes', '', '', '', ''];
const auditorToo: Row = ['yes', '', '', 'yes', ''];
const workers: Row = ['yes', 'yes', '', '', 'yes'];
const registrars: Row = ['yes', 'yes', '', '', ''];

/** Columns: administrator, RA operator, approver, auditor, API client by default. */
export const table: Readonly<Record<string, Row>> = {
  'realms.read': everyone,
  'realms.create': administratorOnly,
  'realms.update': administratorOnly,
  'realms.archive': administratorOnly,
  'operators.read': auditorToo,
  'operators.write': administratorOnly,
  'roles.read': auditorToo,
  'roles.write': administratorOnly,
  'identity-providers.read': administratorOnly,
  'identity-providers.write': administratorOnly,
  'settings.read': auditorToo,
  'settings.write': administratorOnly,
  'vault.manage': administratorOnly,
  'backup.manage': administratorOnly,
  'listeners.manage': administratorOnly,
  'authorities.read': everyone,
  'authorities.create': administratorOnly,
  'authorities.renew': administratorOnly,
  'authorities.disable': administratorOnly,
  'authorities.export': administratorOnly,
  'authorities.publish': administratorOnly,
  'policies.read': people,
  'policies.write': administratorOnly,
  'profiles.read': everyone,
  'profiles.write': administratorOnly,
  'end-entities.read': everyone,
  'end-entities.write': workers,
  'certificates.read': everyone,
  'certificates.issue': workers,
  'certificates.renew': workers,
  'certificates.revoke': workers,
  'certificates.import': registrars,
  'certificates.archive': registrars,
  'certificates.metadata': workers,
  'certificates.private-key': ['yes', '', '', '', 'own'],
  'requests.read': ['yes', 'yes', 'yes', 'yes', 'own'],
  'requests.decide': ['yes', '', 'yes', '', ''],
  'requests.cancel': ['yes', 'own', '', '', 'own'],
  'clients.read': ['yes', 'yes', '', 'yes', 'own'],
  'clients.create': registrars,
  'clients.update': registrars,
  'clients.reset-secret': registrars,
  'clients.delete': registrars,
  'clients.sync': registrars,
  'pending.read': people,
  'pending.decide': registrars,
  'device-clients.read': people,
  'device-clients.write': registrars,
  'collections.read': everyone,
  'collections.write': registrars,
  'metadata-fields.read': everyone,
  'metadata-fields.write': registrars,
  'alerts.read': people,
  // Not in the table by name: who works with alerts marks them as seen.
  'alerts.acknowledge': registrars,
  'alerts.configure': administratorOnly,
  'audit.read': auditorToo,
  'audit.verify': auditorToo,
  'ceremonies.run': administratorOnly,
  'bundles.read': auditorToo,
  'bundles.manage': administratorOnly,
};

/** Which row of the table each operation belongs to; the first two groups are in no row. */
const operationsOf: Readonly<Record<string, string>> = {
  public:
    'sessions.create sessions.redeem sessions.enter sessions.whoami vault.show vault.unlock system.health identity-providers.offered identity-providers.begin-sign-in identity-providers.complete-sign-in',
  'signed-in':
    'inspect.file inspect.asn1 inspect.compare inspect.lint inspect.verify sessions.end sessions.access sessions.change-password jobs.list jobs.show jobs.cancel jobs.result jobs.resume',
  'certificates.issue':
    'certificates.issue certificates.preview certificates.issue-bulk requests.create requests.complete',
  'certificates.read':
    'certificates.list certificates.show certificates.export certificates.export-csv certificates.renewal orders.show renewals.list renewals.days renewals.calendar system.overview system.check',
  'certificates.revoke': 'certificates.revoke certificates.release certificates.revoke-bulk',
  'certificates.private-key': 'certificates.private-key',
  'certificates.renew': 'certificates.renew certificates.renew-bulk certificates.configure',
  'certificates.import': 'certificates.import',
  'certificates.archive': 'certificates.archive certificates.restore',
  'certificates.metadata': 'certificates.metadata',
  'alerts.read': 'alerts.list',
  'alerts.acknowledge': 'alerts.acknowledge',
  'alerts.configure':
    'alert-destinations.list alert-destinations.create alert-destinations.update alert-destinations.reset-secret alert-destinations.delete alert-destinations.test',
  'collections.read': 'collections.list collections.show',
  'collections.write': 'collections.create collections.update collections.delete',
  'metadata-fields.read': 'metadata-fields.list',
  'metadata-fields.write': 'metadata-fields.create metadata-fields.update metadata-fields.delete',
  'end-entities.read': 'end-entities.list end-entities.show',
  'end-entities.write': 'end-entities.create end-entities.update end-entities.archive end-entities.restore',
  'authorities.read': 'authorities.list authorities.show authorities.crl authorities.requests',
  'authorities.create':
    'authorities.create authorities.import authorities.configure-crl authorities.cross-certify authorities.issue-intermediate authorities.request authorities.withdraw system.quickstart',
  'authorities.publish': 'authorities.publish-crl',
  'authorities.renew': 'authorities.renew authorities.link authorities.csr authorities.install',
  'policies.read': 'policies.list policies.test policies.show policies.versions policies.impact',
  'policies.write': 'policies.create policies.update policies.delete',
  'profiles.read': 'profiles.list profiles.show',
  'profiles.write': 'profiles.create profiles.update profiles.delete',
  'requests.read': 'requests.list requests.show requests.csr requests.collect',
  'requests.decide': 'requests.approve requests.reject',
  'requests.cancel': 'requests.cancel',
  'clients.create': 'clients.create',
  'clients.read': 'clients.list clients.show clients.access tokens.list',
  'clients.update':
    'clients.update clients.enable clients.disable clients.add-certificate clients.remove-certificate tokens.end',
  'clients.reset-secret': 'clients.reset-secret',
  'clients.delete': 'clients.delete',
  'clients.sync': 'keycloak.show keycloak.compare keycloak.sync',
  'identity-providers.read': 'identity-providers.list identity-providers.test',
  'identity-providers.write':
    'identity-providers.create identity-providers.update identity-providers.delete keycloak.connect keycloak.disconnect',
  'pending.read': 'pending.list',
  'pending.decide': 'pending.add pending.accept pending.reject',
  'device-clients.read': 'device-clients.list',
  'realms.read': 'realms.list',
  'realms.create': 'realms.create',
  'realms.update': 'realms.update',
  'realms.archive': 'realms.archive realms.restore',
  'operators.read': 'operators.list operators.show operators.access sessions.list',
  'operators.write':
    'operators.create operators.rename operators.grant operators.withdraw operators.set-password operators.disable operators.enable sessions.close',
  'roles.read': 'roles.list',
  'roles.write': 'roles.create roles.update roles.delete',
  'settings.read': 'settings.list system.doctor',
  'settings.write': 'settings.set tokens.rotate-key',
  'vault.manage': 'vault.initialise vault.confirm-recovery vault.lock',
  'audit.read': 'audit.list',
};

/** The row that an operation belongs to, by the operation's id. */
export const rowOf: ReadonlyMap<string, string> = new Map(
  Object.entries(operationsOf).flatMap(([row, ids]) => ids.split(' ').map((id) => [id, row] as const)),
);

/** Whether the table lets that role (nobody: null) use the operation at all. */
export function mayUse(operationId: string, role: TableRole | null): boolean {
  const row = rowOf.get(operationId) ?? '';
  if (row === 'public') return true;
  if (role === null) return false;
  return row === 'signed-in' || (table[row]?.[roles.indexOf(role)] ?? '') !== '';
}
