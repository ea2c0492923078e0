import type { AnyOperation, OperationId } from '../../src/shared/operations/index.ts';

export const unknownId = '01a20065-db37-795e-bb91-81fbd69184a2';

const definition = {
  subject: { mode: 'any' },
  subjectAltNames: { mode: 'none' },
  keyUsages: { allowed: [], required: [] },
  extendedKeyUsages: { allowed: [], required: [] },
  keyAlgorithms: ['ecdsa-p256'],
  maxValidity: 'P1D',
};
const password = 'correct horse battery';

/** Input that is valid and, where it names something, names what is not there: so a caller who may gets past. */
const inputs: Partial<Record<OperationId, object>> = {
  'certificates.issue': { profile: 'no-such', subject: { commonName: 'a.example' } },
  'certificates.preview': { profile: 'no-such', subject: { commonName: 'a.example' } },
  'certificates.import': { files: [{ name: 'a.pem', contentBase64: '' }] },
  'certificates.issue-bulk': { csv: 'commonName', profile: 'no-such', dryRun: true },
  'certificates.renew-bulk': { ids: [unknownId], expected: 2 },
  'certificates.revoke-bulk': { ids: [unknownId], expected: 2 },
  'certificates.metadata': { id: unknownId, metadata: null },
  'certificates.private-key': { id: unknownId, passphrase: 'long enough', reason: 'because' },
  'authorities.create': { slug: 'new', parent: 'no-such', realm: 'default' },
  'authorities.issue-intermediate': { id: 'no-such', csr: 'none' },
  'authorities.request': { slug: 'new', realm: 'no-such' },
  'authorities.install': { id: 'no-such', certificate: 'none' },
  'authorities.import': { slug: 'new', realm: 'no-such', pkcs12: 'AAAA' },
  'policies.create': { slug: 'new', realm: 'no-such', definition },
  'policies.test': { policy: 'no-such' },
  'policies.impact': { id: 'no-such', definition },
  'profiles.create': { slug: 'new', realm: 'no-such', policy: 'x', issuer: 'x' },
  'requests.create': { profile: 'no-such', subject: { commonName: 'a.example' } },
  'requests.complete': { id: unknownId, certificate: 'x' },
  'requests.approve': { id: unknownId, askedHash: '0'.repeat(64) },
  'requests.reject': { id: unknownId, askedHash: '0'.repeat(64), reason: 'because' },
  'clients.create': { name: 'New', realms: ['no-such'] },
  'clients.add-certificate': { id: unknownId, certificateId: unknownId, method: 'tls_client_auth' },
  'clients.remove-certificate': { id: unknownId, certificateId: unknownId, method: 'tls_client_auth' },
  'pending.add': { realm: 'no-such', certificate: 'x' },
  'pending.accept': { id: unknownId, alias: 'x' },
  'realms.create': { slug: 'system' },
  'end-entities.create': { realm: 'no-such', commonName: 'x' },
  'operators.create': { name: 'new', role: 'approver', realms: ['no-such'], password },
  'operators.rename': { id: unknownId, name: 'new' },
  'operators.grant': { id: unknownId, role: 'auditor' },
  'operators.withdraw': { id: unknownId, role: 'auditor' },
  'operators.set-password': { id: unknownId, password },
  'roles.create': { slug: 'administrator', permissions: ['realms.read'] },
  'roles.update': { slug: 'no-such' },
  'roles.delete': { slug: 'no-such' },
  'sessions.change-password': { password: 'not the one', newPassword: password },
  'inspect.file': { content: 'x' },
  'inspect.asn1': { content: 'x' },
  'inspect.compare': { first: 'x', second: 'x' },
  'inspect.lint': { content: 'x' },
  'inspect.verify': { content: 'x' },
  'keycloak.connect': { url: 'https://127.0.0.1:1', realm: 'x', clientId: 'x', clientSecret: 'x' },
  'identity-providers.create': {
    slug: 'new',
    settings: { kind: 'ldap', url: 'ldaps://127.0.0.1:1', baseDn: 'dc=example' },
    rules: [{ claim: 'groups', value: 'x', role: 'no-such' }],
  },
  'settings.set': { key: 'keyfactor.realm', value: 'no-such' },
  'alerts.acknowledge': { ids: [unknownId] },
  'alert-destinations.create': {
    name: 'New',
    kind: 'webhook',
    url: 'https://127.0.0.1:9/',
    realms: ['no-such'],
    notices: ['crl.overdue'],
  },
  'collections.create': { realm: 'no-such', name: 'New', query: 'CN -contains "a"' },
  'metadata-fields.create': { realm: 'no-such', name: 'New' },
  'vault.initialise': { vault: 'file' },
  'vault.confirm-recovery': { recoveryKey: 'wrong' },
  'vault.unlock': { passphrase: 'not the one' },
  'sessions.create': { name: 'nobody', password: 'nothing' },
  'sessions.redeem': { ticket: 'none' },
};

/** Valid input of the operation that changes nothing; `id` is what it names, where it names something by id. */
export function harmlessInput(operation: AnyOperation, id: string = unknownId): object {
  const given = inputs[operation.id];
  if (given) return id !== unknownId && 'id' in given ? { ...given, id } : given;
  return Object.hasOwn(operation.input.shape, 'id') ? { id } : {};
}
