/**
 * The composition root: builds the services from store, keys, clock and log, and puts the one fetch handler
 * over them. Desktop, console and command line reach everything through here.
 */
import { buildRooms } from './build-rooms.ts';
import { prepareCrypto } from './crypto/index.ts';
import { createHandler } from './http/app.ts';
import type { Door } from './http/door.ts';
import { answerOcsp, type OcspExchange, type OcspReply } from './http/ocsp.ts';
import { Scheduler } from './jobs/scheduler.ts';
import type { Keychain, VaultMethod } from './keys/index.ts';
import { authenticate, waysIn } from './services/authenticate.ts';
import { abandonUnfinished } from './services/authorities/create-authority.ts';
import { publicationHosts } from './services/authorities/publication-urls.ts';
import { buildHandlers } from './services/build-handlers.ts';
import { systemContext } from './services/context.ts';
import { dueTasks, outwardTasks } from './services/due-tasks.ts';
import { buildOutside } from './services/identity-providers/outside.ts';
import type { SystemBrowser } from './services/identity-providers/system-browser.ts';
import { findKeptAnswer, keepAnswerBehind } from './services/kept-answers.ts';
import { abandonHalfCreated } from './services/keycloak/mirrored-clients.ts';
import type { TlsMaterial } from './services/listener/listener-certificate.ts';
import { signInIsRequired } from './services/operators/operator-directory.ts';
import { publicationOf } from './services/publication.ts';
import { recordFailure } from './services/record-failure.ts';
import { settingOf } from './services/system/setting-handlers.ts';
import { AccessTokens } from './services/tokens/access-tokens.ts';
import { openStore } from './store/index.ts';

export { maxOcspRequestBytes, type OcspExchange, type OcspReply } from './http/ocsp.ts';
export type { TlsMaterial } from './services/listener/listener-certificate.ts';

export interface OpenOptions {
  /** The data folder; made (mode 0700) where it is missing. */
  readonly home: string;
  readonly clock?: () => Date;
  readonly log?: (line: string) => void;
  /** Renewal of our own certificates and of CRLs runs only where a process stays: window and console. */
  readonly scheduler?: boolean;
  /** Folder of built renderer and reference files with its manifest; null serves none. */
  readonly staticFolder?: string | null;
  readonly keychain?: Keychain;
  /** How operators sign in with an identity provider from the owner's doors; there is none without it. */
  readonly systemBrowser?: SystemBrowser;
  /** Where the build put post-quantum-worker, for runtimes that leave such algorithms to a library. */
  readonly postQuantumWorker?: URL;
}

export interface Chancery {
  readonly home: string;
  /** Answers any request; the door says where it came from. */
  handle(request: Request, door: Door): Promise<Response>;
  /** Answers an OCSP request without the fetch handler's way around, for the listener that does little else. */
  ocsp(exchange: OcspExchange): OcspReply | Promise<OcspReply>;
  /** The hosts that publication URLs name: names under which plain HTTP is served. */
  publicationHosts(): Promise<ReadonlySet<string>>;
  vaultState(): 'uninitialised' | 'locked' | 'open';
  /** Opens the vault where that needs no person (keychain, file); false where it does. */
  unlockUnattended(): Promise<boolean>;
  /**
   * The listener's certificate from the SYSTEM realm. Before the vault exists it comes from a SYSTEM authority
   * drafted in memory, which initialising adopts; while the vault is locked, from one that lives in memory only.
   */
  listenerTls(): Promise<TlsMaterial>;
  /** Calls back when the listener should present another certificate; returns how to stop that. */
  onListenerTlsChange(listener: (material: TlsMaterial) => void): () => void;
  /** A one-time ticket for the first sign-in, valid 10 minutes; null where operators exist and sign-in is required. */
  newTicket(): Promise<string | null>;
  /** Does at once what the clock says is due: after sleep, when timers have stood still. */
  runDueTasks(): Promise<void>;
  /** Where the window serves scripts: a port on the loopback address, or null where that is off. */
  desktopListenerPort(): Promise<number | null>;
  close(): Promise<void>;
}

const schedulerIntervalMs = 60_000;
const outwardIntervalMs = 15_000;
/** How long closing waits for a CRL that is being written to a folder, which may hang. */
const folderPatienceMs = 5_000;

/** Opens the data folder. Errors: DATA_FOLDER_IN_USE, DATABASE_NEWER, STORAGE_FULL. */
export async function openChancery(options: OpenOptions): Promise<Chancery> {
  const log = options.log ?? (() => undefined);
  await prepareCrypto({ worker: options.postQuantumWorker });
  const rooms = buildRooms(options, await openStore(options.home));
  const { store, vault, listener } = rooms;
  let hasVault = (await vault.status()).state !== 'uninitialised';
  const outside = buildOutside(rooms, options.systemBrowser ?? null);
  const tokens = new AccessTokens(rooms);
  const scheduler = new Scheduler(dueTasks(rooms), schedulerIntervalMs, log);
  const outward = new Scheduler(outwardTasks(rooms, outside), outwardIntervalMs, log);
  const onOpen = async () => {
    hasVault = true;
    await abandonUnfinished(rooms, systemContext);
    await abandonHalfCreated(rooms);
    if (!options.scheduler) return;
    listener.announce(await listener.current());
    scheduler.start();
    outward.start();
  };
  const ways = waysIn(rooms, tokens, outside.accounts);
  const vaultState = () => (vault.isOpen ? 'open' : hasVault ? 'locked' : 'uninitialised');
  const handle = createHandler(
    {
      handlers: buildHandlers(rooms, onOpen, outside),
      authenticate: (credentials, door) => authenticate(ways, { credentials, door }),
      archivedRealms: () => rooms.realms.archived(),
      vaultState,
      tokens,
      publication: publicationOf(rooms),
      ocsp: rooms.ocsp,
      idempotency: {
        find: (principal, request) => findKeptAnswer(rooms, principal, request),
        keep: (principal, request, output) => keepAnswerBehind(rooms, principal, request, output),
      },
      numbers: {
        of: (ids) => store.named.numbers(ids),
        idOf: (number) => store.named.idOf(number),
      },
      setting: (key) => settingOf(rooms, key),
      durable: () => store.durable(),
      recordFailure: (operation, context, error) => recordFailure(rooms, operation, context, error),
      log,
    },
    { staticFolder: options.staticFolder ?? null, version: rooms.version, clock: rooms.clock },
  );
  return {
    home: options.home,
    handle,
    ocsp: (exchange) => answerOcsp(rooms.ocsp, exchange, rooms.clock()),
    publicationHosts: async () => publicationHosts((await rooms.authorities.all()).values()),
    vaultState,
    unlockUnattended: async () => {
      const { state, method } = await vault.status();
      if (state === 'locked' && needsNobody(method)) {
        await vault
          .unlock()
          .then(onOpen, (error: unknown) => log(error instanceof Error ? error.message : 'unlocking failed'));
      }
      return vault.isOpen;
    },
    listenerTls: () => (vault.isOpen ? listener.current() : listener.drafted()),
    onListenerTlsChange: (callback) => listener.onChange(callback),
    newTicket: async () => ((await signInIsRequired(rooms)) ? null : rooms.sessions.newTicket()),
    runDueTasks: async () => {
      await scheduler.runAll();
      await outward.runAll();
    },
    desktopListenerPort: async () => {
      const port = await settingOf(rooms, 'desktop.listenerPort');
      return port === 'off' ? null : Number(port);
    },
    close: async () => {
      await rooms.outlet.close();
      await Promise.all([scheduler.stop(), outward.stop()]);
      await rooms.jobs.close();
      await rooms.crlFolders.settled(folderPatienceMs);
      vault.lock();
      await store.close();
    },
  };
}

const needsNobody = (method: VaultMethod | null) => method === 'keychain' || method === 'file';
