/**
 * The composition root: builds the services from store, keys, clock and log, and puts the one fetch handler
 * over them. Desktop, console and command line reach everything through here.
 */
import type { Door } from './http/door.ts';

export interface OpenOptions {
  /** The data folder; made (mode 0700) where it is missing. */
  readonly home: string;
  readonly clock?: () => Date;
  readonly log?: (line: string) => void;
  /** Renewal of our own certificates and of CRLs runs only where a process stays: window and console. */
  readonly scheduler?: boolean;
  /** Folder of built renderer and reference files with its manifest; null serves none. */
  readonly staticFolder?: string | null;
}

/** What the HTTPS listener presents; all PEM. */
export interface TlsMaterial {
  readonly key: string;
  readonly certificateChain: string;
  readonly ca: string;
}

export interface Chancery {
  readonly home: string;
  /** Answers any request; the door says where it came from. */
  handle(request: Request, door: Door): Promise<Response>;
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
  close(): Promise<void>;
}

export declare function openChancery(options: OpenOptions): Promise<Chancery>;
