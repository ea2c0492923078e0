/**
 * The use cases. What they are for: to join the rooms (store, keys, x509, audit) and the rules (domain) into
 * what a caller asks for. Their invariant: whatever a use case changes goes through one unit of work with its
 * audit event, and only what the caller's realms hold is seen. What does not belong: HTTP, SQL, encodings.
 */
import type { Jobs } from '../jobs/index.ts';
import type { Keychain, Signer, Vault } from '../keys/index.ts';
import type { Store } from '../store/index.ts';
import type { AlertOutlet } from './alerts/alert-outlet.ts';
import type { AttemptLimiter } from './attempt-limiter.ts';
import type { AuthorityDirectory } from './authorities/authority-directory.ts';
import type { CrlFolders } from './authorities/crl-folders.ts';
import type { CrlPublisher } from './authorities/crl-publisher.ts';
import type { ProviderDirectory } from './identity-providers/provider-directory.ts';
import type { KeycloakOffice } from './keycloak/keycloak-office.ts';
import type { ListenerCertificate } from './listener/listener-certificate.ts';
import type { OperatorDirectory } from './operators/operator-directory.ts';
import type { Sessions } from './operators/sessions.ts';
import type { ProfileDirectory } from './policies/profile-directory.ts';
import type { RealmDirectory } from './realms/realm-directory.ts';
import type { RoleDirectory } from './roles/role-directory.ts';
import type { OcspResponder } from './status/ocsp-responder.ts';
import type { WeakKeys } from './system/weak-keys.ts';
import type { SigningKeys } from './tokens/signing-keys.ts';

export type Clock = () => Date;

/** What every use case may lean on; built once by the composition root. */
export interface Rooms {
  readonly store: Store;
  readonly vault: Vault;
  readonly signer: Signer;
  readonly keychain: Keychain;
  readonly clock: Clock;
  readonly realms: RealmDirectory;
  readonly roles: RoleDirectory;
  readonly operators: OperatorDirectory;
  readonly authorities: AuthorityDirectory;
  readonly profiles: ProfileDirectory;
  readonly crls: CrlPublisher;
  readonly crlFolders: CrlFolders;
  readonly ocsp: OcspResponder;
  readonly providers: ProviderDirectory;
  readonly keycloak: KeycloakOffice;
  readonly sessions: Sessions;
  readonly tokenKeys: SigningKeys;
  readonly limiter: AttemptLimiter;
  readonly listener: ListenerCertificate;
  readonly weakKeys: WeakKeys;
  readonly jobs: Jobs;
  readonly outlet: AlertOutlet;
  readonly version: string;
  /** The data folder. */
  readonly home: string;
}
