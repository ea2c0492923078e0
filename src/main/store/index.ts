/**
 * The store: what is kept, and the one way to change it. Its invariant: a change is durable before anyone is
 * told of it, and lies in the same transaction as its audit event. What does not belong: rules of what may be
 * changed (services, domain), and sealing (keys); this room alone knows SQLite and Kysely.
 */
import { Committer, type UnitOfWork } from './committer.ts';
import { databaseFile, openDatabase } from './database.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { LogFile } from './log-file.ts';
import { Prepared } from './prepared.ts';
import { AlertRepository } from './repositories/alerts.ts';
import { AuthorityRepository } from './repositories/authorities.ts';
import { AuthorityLineRepository } from './repositories/authority-line.ts';
import { CertificateRepository } from './repositories/certificates.ts';
import { CertifiedKeyRepository } from './repositories/certified-keys.ts';
import { ClientRepository } from './repositories/clients.ts';
import { CrlSegmentRepository } from './repositories/crl-segments.ts';
import { CrlRepository } from './repositories/crls.ts';
import { EndEntityRepository } from './repositories/end-entities.ts';
import { IdentityProviderRepository } from './repositories/identity-providers.ts';
import { InstallationRepository } from './repositories/installation.ts';
import { KeycloakRepository } from './repositories/keycloak.ts';
import { KeyRepository } from './repositories/keys.ts';
import { PendingRepository } from './repositories/pending.ts';
import { PolicyRepository } from './repositories/policies.ts';
import { RenewalRepository } from './repositories/renewals.ts';
import { RequestRepository } from './repositories/requests.ts';
import { storageError } from './storage-error.ts';
import { WordIndexer } from './word-index.ts';

export type { Statement, UnitOfWork } from './committer.ts';
export type { Page } from './page.ts';
export { decodeOffset, encodeCursor } from './page.ts';
export type { AlertRow, AlertState, NewAlert } from './repositories/alerts.ts';
export type { AuthorityRow, NewAuthority } from './repositories/authorities.ts';
export { type AuthorityCertificateRow, lineSlug } from './repositories/authority-line.ts';
export type { CertificateQuery } from './repositories/certificate-search.ts';
export type {
  CertificateRow,
  ImportedCertificate,
  NewCertificate,
} from './repositories/certificates.ts';
export type { KeyUser } from './repositories/certified-keys.ts';
export type { ClientWithRealms } from './repositories/clients.ts';
export type {
  CrlSegment,
  PendingEntries,
  RevokedEntry,
  SegmentChange,
  SegmentSummary,
} from './repositories/crl-segments.ts';
export type { CrlRow, CrlSummary } from './repositories/crls.ts';
export type { EndEntityRow } from './repositories/end-entities.ts';
export type { IdentityProviderRow } from './repositories/identity-providers.ts';
export type { AuditRow, OperatorRow, RealmRow } from './repositories/installation.ts';
export type { KeycloakConnectionRow, MirroredClient, OutboxRow } from './repositories/keycloak.ts';
export type { KeyRow } from './repositories/keys.ts';
export type { DeviceClientRow, PendingRow } from './repositories/pending.ts';
export type { PolicyRow, PolicyVersionRow, ProfileRow } from './repositories/policies.ts';
export type { DueRow, RenewalLook, RenewalRow } from './repositories/renewals.ts';
export type { DecisionRow, NewRequest, RequestRow } from './repositories/requests.ts';

export interface Store {
  readonly certificates: CertificateRepository;
  readonly certifiedKeys: CertifiedKeyRepository;
  readonly authorities: AuthorityRepository;
  readonly crls: CrlRepository;
  readonly authorityLine: AuthorityLineRepository;
  readonly crlSegments: CrlSegmentRepository;
  readonly keys: KeyRepository;
  readonly policies: PolicyRepository;
  readonly endEntities: EndEntityRepository;
  readonly clients: ClientRepository;
  readonly pending: PendingRepository;
  readonly requests: RequestRepository;
  readonly identityProviders: IdentityProviderRepository;
  readonly keycloak: KeycloakRepository;
  readonly installation: InstallationRepository;
  readonly renewals: RenewalRepository;
  readonly alerts: AlertRepository;
  /** Resolves when the unit is durable. Errors: those that its statements name, STORAGE_FULL. */
  commit(unit: UnitOfWork): Promise<void>;
  /**
   * Resolves when all that can be read by now is durable: what is read between COMMIT and flush could yet be lost.
   * Throws STORAGE_FULL once the disk has failed.
   */
  durable(): Promise<void>;
  /** What is wrong with the database's file; looks at all of it, so it takes seconds for a large one. */
  problems(): string[];
  /** Gives the folder free in any case; throws STORAGE_FULL where the last changes may not be on the disk. */
  close(): Promise<void>;
}

/** Locks the data folder and opens its database. Errors: DATA_FOLDER_IN_USE, DATABASE_NEWER, STORAGE_FULL. */
export async function openStore(folder: string): Promise<Store> {
  const lock = takeLock(folder);
  try {
    const { sqlite, db } = await openDatabase(folder);
    const log = new LogFile(databaseFile(folder));
    const committer: Committer = new Committer(sqlite, {
      flush: () => log.flush(),
      afterCommit: () => indexer.afterCommit(),
    });
    const indexer = new WordIndexer(sqlite, (unit) => committer.commit(unit));
    const prepared = new Prepared(sqlite);
    return {
      certificates: new CertificateRepository(db, prepared),
      certifiedKeys: new CertifiedKeyRepository(db, prepared),
      authorities: new AuthorityRepository(db),
      crls: new CrlRepository(db, prepared),
      authorityLine: new AuthorityLineRepository(db),
      crlSegments: new CrlSegmentRepository(db, prepared),
      keys: new KeyRepository(db),
      policies: new PolicyRepository(db),
      endEntities: new EndEntityRepository(db, prepared),
      clients: new ClientRepository(db, prepared),
      pending: new PendingRepository(db),
      requests: new RequestRepository(db),
      keycloak: new KeycloakRepository(db),
      identityProviders: new IdentityProviderRepository(db),
      installation: new InstallationRepository(db),
      renewals: new RenewalRepository(db, prepared),
      alerts: new AlertRepository(db, prepared),
      commit: (unit) => committer.commit(unit),
      durable: () => committer.durable(),
      problems: () => {
        const rows = sqlite.pragma('quick_check') as { readonly quick_check: string }[];
        return rows.map(({ quick_check }) => quick_check).filter((text) => text !== 'ok');
      },
      close: async () => {
        indexer.close();
        try {
          await committer.durable();
        } finally {
          await db.destroy();
          await log.close();
          lock.release();
        }
      },
    };
  } catch (error) {
    lock.release();
    throw storageError(error);
  }
}

function takeLock(folder: string): FolderLock {
  try {
    return lockFolder(folder);
  } catch (error) {
    throw storageError(error);
  }
}
