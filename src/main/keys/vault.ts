import { ChanceryError } from '../../shared/errors.ts';
import { randomBytes, randomUUID } from '../crypto/index.ts';
import { readKeyFile, removeKeyFile, writeKeyFile } from './key-file.ts';
import type { Keychain } from './keychain.ts';
import { isPassphrase, requirePassphrase } from './passphrase.ts';
import { newRecoveryKey, parseRecoveryKey } from './recovery-key.ts';
import { openBytes, sealBytes } from './seal.ts';
import { sameBytes } from './secret.ts';
import {
  newSalt,
  parametersOf,
  passphraseCost,
  unwrapVaultKey,
  type VaultMethod,
  type VaultWrapping,
  wrapVaultKey,
} from './vault-wrapping.ts';

/** Where the wrappings are kept; none means that there is no vault yet. */
export interface VaultRecords {
  load(): Promise<readonly VaultWrapping[]>;
}

export interface VaultStatus {
  readonly state: 'uninitialised' | 'locked' | 'open';
  readonly method: VaultMethod | null;
}

export interface UnlockSecret {
  readonly passphrase?: string | undefined;
  readonly recoveryKey?: string | undefined;
}

/** A vault that exists outside the store only: store `wrappings`, then `activate`; or `discard`. */
export interface PreparedVault {
  readonly wrappings: readonly VaultWrapping[];
  /** To be written down; shown once and kept nowhere. Only for the keychain. */
  readonly recoveryKey: string | undefined;
  activate(): void;
  /** Takes back what was put into the keychain or the key file; a vault that was activated is locked before. */
  discard(): Promise<void>;
}

export interface VaultParts {
  readonly records: VaultRecords;
  readonly keychain: Keychain;
  readonly keyFilePath: string;
}

interface Wrapped {
  readonly wrappings: readonly VaultWrapping[];
  readonly recoveryKey?: string;
  /** Undoes what was put outside the process. */
  undo(): Promise<void>;
}

const wrongCredentials = (detail: string) => new ChanceryError({ code: 'WRONG_CREDENTIALS', detail });

/** Holds the one key that seals everything confidential, in memory and only while it is open. */
export class Vault {
  readonly #parts: VaultParts;
  readonly #listeners = new Set<() => void>();
  #key: Buffer | undefined;

  constructor(parts: VaultParts) {
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#key !== undefined;
  }

  /** Whether there is a vault, whether it is open, and what opens it. */
  async status(): Promise<VaultStatus> {
    const primary = primaryOf(await this.#parts.records.load());
    if (!primary) return { state: 'uninitialised', method: null };
    return { state: this.isOpen ? 'open' : 'locked', method: primary.method };
  }

  /**
   * Makes a new 256-bit vault key and wraps it. The keychain entry or the key file is there when this returns; the
   * caller stores the wrappings and then activates, or discards. Throws CONFLICT when there is a vault already,
   * KEYCHAIN_UNAVAILABLE, ALREADY_EXISTS (key file), INVALID_INPUT (passphrase).
   */
  async prepare(method: VaultMethod, passphrase?: string): Promise<PreparedVault> {
    if (this.isOpen || (await this.#parts.records.load()).length > 0)
      throw new ChanceryError({ code: 'CONFLICT', detail: 'There is a vault already.' });
    const key = randomBytes(32);
    const { wrappings, recoveryKey, undo } = await this.#wrap(method, key, passphrase);
    let state: 'prepared' | 'active' | 'discarded' = 'prepared';
    return {
      wrappings,
      recoveryKey,
      activate: () => {
        if (state !== 'prepared')
          throw new ChanceryError({ code: 'CONFLICT', detail: 'This vault was activated or discarded.' });
        state = 'active';
        this.#hold(key);
      },
      discard: async () => {
        if (state === 'discarded') return;
        if (state === 'active') this.lock();
        state = 'discarded';
        key.fill(0);
        await undo();
      },
    };
  }

  /**
   * Opens the vault; keychain and file need no secret, and a recovery key goes before everything else. A secret is
   * checked even when the vault is open already. Throws NOT_INITIALISED, WRONG_CREDENTIALS, KEYCHAIN_UNAVAILABLE,
   * LOCKED when something that is needed is missing.
   */
  async unlock(secret: UnlockSecret = {}): Promise<void> {
    const wrappings = await this.#parts.records.load();
    const primary = primaryOf(wrappings);
    if (!primary)
      throw new ChanceryError({
        code: 'NOT_INITIALISED',
        detail: 'There is no vault in this data folder yet.',
        hint: 'Run `chancery init`, or choose a vault in the window.',
      });
    this.#hold(
      secret.recoveryKey === undefined
        ? await this.#unwrapPrimary(primary, secret.passphrase)
        : await unwrapByRecoveryKey(wrappings, secret.recoveryKey),
    );
  }

  /** Wipes the key and tells the listeners; does nothing when it is locked already. */
  lock(): void {
    if (!this.#key) return;
    this.#key.fill(0);
    this.#key = undefined;
    for (const listener of this.#listeners) listener();
  }

  /** Calls the listener after each lock; returns what ends that. */
  onLock(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Seals bytes for one purpose, e.g. `key:<id>`; only the same purpose opens them. Throws LOCKED. */
  seal(purpose: string, plaintext: Uint8Array): Uint8Array {
    return sealBytes(this.#openKey(), purpose, plaintext);
  }

  /** The bytes that were sealed for this purpose. Throws LOCKED; INTERNAL when they were altered or are another's. */
  open(purpose: string, sealed: Uint8Array): Uint8Array {
    const plaintext = openBytes(this.#openKey(), purpose, sealed);
    if (!plaintext)
      throw new ChanceryError({
        code: 'INTERNAL',
        detail: `What is sealed as '${purpose}' was altered, or was sealed for something else or by another vault.`,
        hint: 'Restore the data folder from a backup.',
      });
    return plaintext;
  }

  /** Throws LOCKED unless it is open: asked before long work whose result could not be sealed. */
  requireOpen(): void {
    this.#openKey();
  }

  #openKey(): Buffer {
    if (!this.#key)
      throw new ChanceryError({
        code: 'LOCKED',
        detail: 'The vault is locked.',
        hint: 'Unlock it, then try again.',
      });
    return this.#key;
  }

  /** Takes over the key, which is wiped on lock; of two unlocks at the same time the first one's stays. */
  #hold(key: Buffer): void {
    if (!this.#key) this.#key = key;
    else if (sameBytes(this.#key, key)) key.fill(0);
    else {
      key.fill(0);
      throw new ChanceryError({ code: 'CONFLICT', detail: 'Another vault is open already.' });
    }
  }

  async #wrap(method: VaultMethod, key: Buffer, passphrase?: string): Promise<Wrapped> {
    const { keychain, keyFilePath } = this.#parts;
    if (method === 'passphrase') {
      const parameters = { salt: newSalt(), scrypt: passphraseCost };
      const wrapping = await wrapVaultKey(method, parameters, requirePassphrase(passphrase), key);
      return { wrappings: [wrapping], undo: async () => {} };
    }
    const secret = randomBytes(32);
    if (method === 'file') {
      const wrapping = await wrapVaultKey(method, { salt: newSalt() }, secret, key);
      await writeKeyFile(keyFilePath, secret);
      return { wrappings: [wrapping], undo: () => removeKeyFile(keyFilePath) };
    }
    const account = randomUUID();
    const recovery = newRecoveryKey();
    const wrappings = [
      await wrapVaultKey(method, { salt: newSalt(), account }, secret, key),
      await wrapVaultKey('recovery', { salt: newSalt() }, recovery.bytes, key),
    ];
    await keychain.set(account, secret.toString('base64url'));
    return { wrappings, recoveryKey: recovery.text, undo: () => keychain.delete(account) };
  }

  async #unwrapPrimary(wrapping: PrimaryWrapping, passphrase: string | undefined): Promise<Buffer> {
    switch (wrapping.method) {
      case 'passphrase': {
        if (passphrase === undefined)
          throw new ChanceryError({
            code: 'LOCKED',
            detail: 'The vault opens with its passphrase, and none was given.',
            hint: 'Give the passphrase.',
          });
        const key = isPassphrase(passphrase) ? await unwrapVaultKey(wrapping, passphrase) : undefined;
        if (!key) throw wrongCredentials('The passphrase is not the one of this vault.');
        return key;
      }
      case 'file': {
        const key = await unwrapVaultKey(wrapping, await readKeyFile(this.#parts.keyFilePath));
        if (!key)
          throw new ChanceryError({
            code: 'LOCKED',
            detail: 'The vault key file is not the one of this vault.',
            hint: 'Put back the file that was made together with this data folder.',
          });
        return key;
      }
      case 'keychain': {
        const secret = await this.#parts.keychain.get(parametersOf(wrapping).account ?? '');
        const key =
          secret === null ? undefined : await unwrapVaultKey(wrapping, Buffer.from(secret, 'base64url'));
        if (!key)
          throw new ChanceryError({
            code: 'KEYCHAIN_UNAVAILABLE',
            detail:
              secret === null
                ? 'The keychain has no entry for this vault: it was reset, or belongs to another person or machine.'
                : 'The entry for this vault in the keychain does not open it.',
            hint: 'Unlock with the recovery key that was shown when the vault was made.',
          });
        return key;
      }
    }
  }
}

type PrimaryWrapping = VaultWrapping & { readonly method: VaultMethod };

function primaryOf(wrappings: readonly VaultWrapping[]): PrimaryWrapping | undefined {
  return wrappings.find((wrapping): wrapping is PrimaryWrapping => wrapping.method !== 'recovery');
}

async function unwrapByRecoveryKey(wrappings: readonly VaultWrapping[], typed: string): Promise<Buffer> {
  const wrapping = wrappings.find(({ method }) => method === 'recovery');
  if (!wrapping) throw wrongCredentials('This vault has no recovery key.');
  const bytes = parseRecoveryKey(typed);
  if (!bytes) throw wrongCredentials('The recovery key is mistyped: its check character does not fit.');
  const key = await unwrapVaultKey(wrapping, bytes);
  if (!key) throw wrongCredentials('The recovery key is not the one of this vault.');
  return key;
}
