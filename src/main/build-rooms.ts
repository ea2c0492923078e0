import { join } from 'node:path';
import about from '../../package.json' with { type: 'json' };
import type { KeyAlgorithm } from '../shared/model/algorithms.ts';
import { Jobs } from './jobs/index.ts';
import { type Keychain, Signer, systemKeychain, Vault, type VaultMethod } from './keys/index.ts';
import { AlertOutlet } from './services/alerts/alert-outlet.ts';
import { AttemptLimiter } from './services/attempt-limiter.ts';
import { AuthorityDirectory } from './services/authorities/authority-directory.ts';
import { CrlFolders } from './services/authorities/crl-folders.ts';
import { CrlPublisher } from './services/authorities/crl-publisher.ts';
import { ProviderDirectory } from './services/identity-providers/provider-directory.ts';
import { KeycloakOffice } from './services/keycloak/keycloak-office.ts';
import { ListenerCertificate } from './services/listener/listener-certificate.ts';
import { OperatorDirectory } from './services/operators/operator-directory.ts';
import { Sessions } from './services/operators/sessions.ts';
import { ProfileDirectory } from './services/policies/profile-directory.ts';
import { RealmDirectory } from './services/realms/realm-directory.ts';
import { RoleDirectory } from './services/roles/role-directory.ts';
import type { Rooms } from './services/rooms.ts';
import { OcspResponder } from './services/status/ocsp-responder.ts';
import { WeakKeys } from './services/system/weak-keys.ts';
import { SigningKeys } from './services/tokens/signing-keys.ts';
import type { Store } from './store/index.ts';

export interface RoomOptions {
  /** The data folder. */
  readonly home: string;
  readonly clock?: () => Date;
  readonly keychain?: Keychain;
  readonly log?: (line: string) => void;
}

/** What the use cases lean on, over an open store. */
export function buildRooms(options: RoomOptions, store: Store): Rooms {
  const clock = options.clock ?? (() => new Date());
  const keychain = options.keychain ?? systemKeychain();
  const keyFilePath = join(options.home, 'vault.key');
  const records = {
    load: async () =>
      (await store.installation.wrappings()).map((row) => ({ ...row, method: row.method as VaultMethod })),
  };
  const vault = new Vault({ records, keychain, keyFilePath });
  const source = {
    load: async (id: string) => {
      const key = await store.keys.find(id);
      return key && { algorithm: key.algorithm as KeyAlgorithm, sealed: key.sealed };
    },
  };
  const signer = new Signer({ vault, source });
  const authorities = new AuthorityDirectory(store);
  const parts = { store, signer, clock, authorities };
  const crlFolders = new CrlFolders(parts);
  const roles = new RoleDirectory(store);
  const realms = new RealmDirectory(store);
  return {
    ...parts,
    vault,
    keychain,
    realms,
    roles,
    operators: new OperatorDirectory(store, roles),
    profiles: new ProfileDirectory(store),
    crls: new CrlPublisher(parts, crlFolders),
    crlFolders,
    ocsp: new OcspResponder(parts),
    keycloak: new KeycloakOffice({ store, vault, clock }),
    providers: new ProviderDirectory({ store, vault, clock }),
    sessions: new Sessions(clock),
    tokenKeys: new SigningKeys({ ...parts, vault }),
    limiter: new AttemptLimiter(clock),
    listener: new ListenerCertificate(parts),
    weakKeys: new WeakKeys(store),
    jobs: new Jobs(clock, options.log ?? (() => undefined)),
    outlet: new AlertOutlet({ ...parts, vault, realms }),
    version: about.version,
    home: options.home,
  };
}
