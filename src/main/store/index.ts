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
import { AlertDestinationRepository } from './repositories/alert-destinations.ts';
import { AlertRepository } from './repositories/alerts.ts';
import { AuthorityRepository } from './repositories/authorities.ts';
import { AuthorityLineRepository } from './repositories/authority-line.ts';
import { CertificateRepository } from './repositories/certificates.ts';
import { CertifiedKeyRepository } from './repositories/certified-keys.ts';
import { ClientCredentialRepository } from './repositories/client-credentials.ts';
import { ClientRepository } from './repositories/clients.ts';
import { CollectionRepository } from './repositories/collections.ts';
import { CrlSegmentRepository } from './repositories/crl-segments.ts';
import { CrlRepository } from './repositories/crls.ts';
import { EndEntityRepository } from './repositories/end-entities.ts';
import { IdentityProviderRepository } from './repositories/identity-providers.ts';
import { InstallationRepository } from './repositories/installation.ts';
import { JobRepository } from './repositories/jobs.ts';
import { KeycloakRepository } from './repositories/keycloak.ts';
import { KeyRepository } from './repositories/keys.ts';
import { OperatorRepository } from './repositories/operators.ts';
import { PendingRepository } from './repositories/pending.ts';
import { PolicyRepository } from './repositories/policies.ts';
import { RenewalRepository } from './repositories/renewals.ts';
import { RequestRepository } from './repositories/requests.ts';
import { RoleRepository } from './repositories/roles.ts';
import { TokenRepository } from './repositories/tokens.ts';
import { storageError } from './storage-error.ts';
import { WordIndexer } from './word-index.ts';

export { type CertificateFacts, factsOf } from './certificate-facts.ts';
export type { Statement, UnitOfWork } from './committer.ts';
export type { Page } from './page.ts';
export { decodeOffset, encodeCursor } from './page.ts';
export type {
  DestinationChange,
  DestinationRow,
  NewDestination,
  NoticeRow,
} from './repositories/alert-destinations.ts';
export type { AlertRow, AlertState, NewAlert } from './repositories/alerts.ts';
export type { AuthorityRow, NewAuthority } from './repositories/authorities.ts';
export { type AuthorityCertificateRow, lineSlug } from './repositories/authority-line.ts';
export type { CertificateRow, ImportedCertificate, NewCertificate } from './repositories/certificate-row.ts';
export type { CertificateQuery } from './repositories/certificate-search.ts';
export type { KeyUser } from './repositories/certified-keys.ts';
export type { ClientCertificateRow, SecretRow } from './repositories/client-credentials.ts';
export type { ClientActor, ClientWithRealms } from './repositories/clients.ts';
export type { CollectionRow, MetadataFieldRow } from './repositories/collections.ts';
export type {
  CrlSegment,
  PendingEntries,
  RevokedEntry,
  SegmentChange,
  SegmentSummary,
} from './repositories/crl-segments.ts';
export type { CrlRow, CrlSummary } from './repositories/crls.ts';
export type { EndEntityRow, EndEntityState } from './repositories/end-entities.ts';
export type { IdentityProviderRow } from './repositories/identity-providers.ts';
export type { AuditRow, RealmRow } from './repositories/installation.ts';
export type { JobRow } from './repositories/jobs.ts';
export type { KeycloakConnectionRow, MirroredClient, OutboxRow } from './repositories/keycloak.ts';
export type { KeyRow } from './repositories/keys.ts';
export type { GrantRow, OperatorRow, OperatorWithGrants } from './repositories/operators.ts';
export type { DeviceClientRow, PendingRow } from './repositories/pending.ts';
export type { PolicyRow, PolicyVersionRow, ProfileRow } from './repositories/policies.ts';
export type { DueRow, RenewalLook, RenewalRow } from './repositories/renewals.ts';
export type { DecisionRow, NewRequest, RequestRow } from './repositories/requests.ts';
export type { RoleRow } from './repositories/roles.ts';
export type { AccessTokenRow, NamedToken, TokenKeyRow, TokenRow } from './repositories/tokens.ts';

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
  /** Collections, fields of notes, and numbers. */
  readonly named: CollectionRepository;
  readonly clientCredentials: ClientCredentialRepository;
  readonly tokens: TokenRepository;
  readonly pending: PendingRepository;
  readonly requests: RequestRepository;
  readonly identityProviders: IdentityProviderRepository;
  readonly keycloak: KeycloakRepository;
  readonly installation: InstallationRepository;
  readonly operators: OperatorRepository;
  readonly roles: RoleRepository;
  readonly renewals: RenewalRepository;
  readonly jobs: JobRepository;
  readonly alerts: AlertRepository;
  readonly alertDestinations: AlertDestinationRepository;
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
      named: new CollectionRepository(db),
      clientCredentials: new ClientCredentialRepository(db, prepared),
      tokens: new TokenRepository(db, prepared),
      pending: new PendingRepository(db),
      requests: new RequestRepository(db, prepared),
      keycloak: new KeycloakRepository(db),
      identityProviders: new IdentityProviderRepository(db),
      installation: new InstallationRepository(db),
      operators: new OperatorRepository(db),
      roles: new RoleRepository(db),
      renewals: new RenewalRepository(db, prepared),
      jobs: new JobRepository(db),
      alerts: new AlertRepository(db, prepared),
      alertDestinations: new AlertDestinationRepository(db, prepared),
      commit: (unit) => committer.commit(unit),
      durable: () => committer.durable(),
      problems: () => {
        const rows = sqlite.pragma('quick_check') as { readonly quick_check: string }[];
        return rows.map(({ quick_check }) => quick_check).filter((text) => text !== 'ok');
      },
      close: async () => {
        indexer.close();
        try {
          await committer.settled();
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
