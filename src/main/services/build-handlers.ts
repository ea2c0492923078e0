import { alertDestinationHandlers } from './alerts/alert-destination-handlers.ts';
import { alertHandlers } from './alerts/alert-handlers.ts';
import { authorityHandlers } from './authorities/authority-handlers.ts';
import { jobHandlers } from './bulk/job-handlers.ts';
import { certificateHandlers } from './certificates/certificate-handlers.ts';
import { collectionHandlers } from './collections/collection-handlers.ts';
import { endEntityHandlers } from './end-entities/end-entity-handlers.ts';
import type { Handlers } from './handlers.ts';
import { buildOutside, type Outside } from './identity-providers/outside.ts';
import { identityProviderHandlers } from './identity-providers/provider-handlers.ts';
import { inspectHandlers } from './inspect/inspect-handlers.ts';
import { keycloakHandlers } from './keycloak/keycloak-handlers.ts';
import { mirroredClientHandlers } from './keycloak/mirrored-clients.ts';
import { metadataFieldHandlers } from './metadata-fields/metadata-field-handlers.ts';
import { operatorHandlers } from './operators/operator-handlers.ts';
import { sessionHandlers } from './operators/session-handlers.ts';
import { deviceClientHandlers, pendingHandlers } from './pending/pending-handlers.ts';
import { policyHandlers } from './policies/policy-handlers.ts';
import { profileHandlers } from './policies/profile-handlers.ts';
import { realmHandlers } from './realms/realm-handlers.ts';
import { orderHandlers } from './renewals/order-handlers.ts';
import { renewalHandlers } from './renewals/renewal-handlers.ts';
import { requestHandlers } from './requests/request-handlers.ts';
import { roleHandlers } from './roles/role-handlers.ts';
import type { Rooms } from './rooms.ts';
import { settingHandlers } from './system/setting-handlers.ts';
import { auditHandlers, systemHandlers } from './system/system-handlers.ts';
import { tokenHandlers } from './tokens/token-handlers.ts';
import { vaultHandlers } from './vault/vault-handlers.ts';

/** All handlers; an operation without one does not compile. */
export function buildHandlers(
  rooms: Rooms,
  onOpen: () => Promise<void>,
  outside: Outside = buildOutside(rooms, null),
): Handlers {
  const areas = {
    ...certificateHandlers(rooms),
    ...orderHandlers(rooms),
    ...renewalHandlers(rooms),
    ...alertHandlers(rooms),
    ...alertDestinationHandlers(rooms),
    ...endEntityHandlers(rooms),
    ...collectionHandlers(rooms),
    ...metadataFieldHandlers(rooms),
    ...authorityHandlers(rooms),
    ...policyHandlers(rooms),
    ...profileHandlers(rooms),
    ...requestHandlers(rooms),
    ...mirroredClientHandlers(rooms),
    ...keycloakHandlers(rooms),
    ...tokenHandlers(rooms),
    ...pendingHandlers(rooms),
    ...deviceClientHandlers(rooms),
    ...inspectHandlers(rooms),
    ...realmHandlers(rooms),
    ...operatorHandlers(rooms),
    ...roleHandlers(rooms),
    ...sessionHandlers(rooms),
    ...identityProviderHandlers(rooms, outside.signIns),
    ...vaultHandlers(rooms, onOpen),
    ...jobHandlers(rooms),
    ...settingHandlers(rooms),
    ...auditHandlers(rooms),
  };
  return { ...areas, ...systemHandlers(rooms, areas) };
}
