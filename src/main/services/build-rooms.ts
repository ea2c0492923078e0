import { join } from 'node:path';
import type { KeyAlgorithm } from '../../shared/model/algorithms.ts';
import { type Keychain, Signer, systemKeychain, Vault, type VaultMethod } from '../keys/index.ts';
import type { Store } from '../store/index.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { AuthorityDirectory } from './authorities/authority-directory.ts';
import { CrlPublisher } from './authorities/crl-publisher.ts';
import { ListenerCertificate } from './listener/listener-certificate.ts';
import { Sessions } from './operators/sessions.ts';
import { RealmDirectory } from './realms/realm-directory.ts';
import type { Clock, Rooms } from './rooms.ts';

export interface RoomOptions {
  readonly home: string;
  readonly version: string;
  readonly clock?: Clock | undefined;
  readonly keychain?: Keychain | undefined;
}

/** Puts vault and signer over the store, and the shared services over them. */
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
  return {
    ...parts,
    vault,
    keychain,
    realms: new RealmDirectory(store),
    crls: new CrlPublisher(parts),
    sessions: new Sessions(clock),
    limiter: new AttemptLimiter(clock),
    listener: new ListenerCertificate(parts),
    version: options.version,
  };
}
