/** All operations, in the order in which reference and help show them. */
import { alertDestinationOperations } from './alert-destinations.ts';
import { alertOperations, checkOperations } from './alerts.ts';
import { authorityOperations } from './authorities.ts';
import { authorityLifecycleOperations } from './authority-lifecycle.ts';
import { certificateOperations } from './certificates.ts';
import { clientOperations } from './clients.ts';
import { collectionOperations } from './collections.ts';
import { endEntityOperations } from './end-entities.ts';
import { identityProviderOperations } from './identity-providers.ts';
import { inspectOperations } from './inspect.ts';
import { jobOperations } from './jobs.ts';
import { keycloakOperations } from './keycloak.ts';
import { metadataFieldOperations } from './metadata-fields.ts';
import type { AcceptedOf, InputOf, OperationFields, OutputOf, ParsedInputOf } from './operation.ts';
import { operatorOperations } from './operators.ts';
import { deviceClientOperations, pendingOperations } from './pending.ts';
import { policyOperations } from './policies.ts';
import { profileOperations } from './profiles.ts';
import { realmOperations } from './realms.ts';
import { certificateRenewalOperations, orderOperations, renewalOperations } from './renewals.ts';
import { requestOperations } from './requests.ts';
import { roleOperations } from './roles.ts';
import { sessionOperations } from './sessions.ts';
import { auditOperations, settingOperations, systemOperations } from './system.ts';
import { tokenOperations } from './tokens.ts';
import { vaultOperations } from './vault.ts';

export const operations = [
  ...certificateOperations,
  ...certificateRenewalOperations,
  ...orderOperations,
  ...renewalOperations,
  ...alertOperations,
  ...alertDestinationOperations,
  ...endEntityOperations,
  ...collectionOperations,
  ...metadataFieldOperations,
  ...authorityOperations,
  ...authorityLifecycleOperations,
  ...policyOperations,
  ...profileOperations,
  ...requestOperations,
  ...clientOperations,
  ...keycloakOperations,
  ...tokenOperations,
  ...pendingOperations,
  ...deviceClientOperations,
  ...inspectOperations,
  ...realmOperations,
  ...operatorOperations,
  ...roleOperations,
  ...sessionOperations,
  ...identityProviderOperations,
  ...vaultOperations,
  ...settingOperations,
  ...jobOperations,
  ...auditOperations,
  ...systemOperations,
  ...checkOperations,
] as const satisfies readonly OperationFields[];

export type AnyOperation = (typeof operations)[number];
export type OperationId = AnyOperation['id'];
export type OperationById<Id extends OperationId> = Extract<AnyOperation, { id: Id }>;
export type Input<Id extends OperationId> = InputOf<OperationById<Id>>;
export type ParsedInput<Id extends OperationId> = ParsedInputOf<OperationById<Id>>;
export type Output<Id extends OperationId> = OutputOf<OperationById<Id>>;
/** What comes instead of the output where it is not done at once; never for most. */
export type Accepted<Id extends OperationId> = AcceptedOf<OperationById<Id>>;
/** What a call that did not fail answers. */
export type Answer<Id extends OperationId> = Output<Id> | Accepted<Id>;

/** The first word of an operation's id. */
export type Area = OperationId extends infer Id ? (Id extends `${infer A}.${string}` ? A : never) : never;
export type OperationIdOf<A extends Area> = Extract<OperationId, `${A}.${string}`>;

const byId = new Map<string, OperationFields>(operations.map((one) => [one.id, one]));

/** The operation of that id. */
export function operationById<Id extends OperationId>(id: Id): OperationById<Id> {
  return byId.get(id) as OperationById<Id>;
}
