import { ChanceryError } from '../../shared/errors.ts';

/** A place of the operating system for small secrets, unlocked together with the person's session. */
export interface Keychain {
  /** Stores or replaces the secret; throws KEYCHAIN_UNAVAILABLE. */
  set(account: string, secret: string): Promise<void>;
  /** The secret, or null where there is none; throws KEYCHAIN_UNAVAILABLE. */
  get(account: string): Promise<string | null>;
  /** Removes the secret if it is there; throws KEYCHAIN_UNAVAILABLE. */
  delete(account: string): Promise<void>;
}

const service = 'Chancery';

/**
 * Without the pin, the module falls back silently to the kernel's keyring on Linux, which lives in memory only:
 * the vault would be lost at the next start of the machine.
 */
const options = { linux: { store: 'secret-service' } } as const;

function unavailable(detail: string, cause: unknown): ChanceryError {
  return new ChanceryError({
    code: 'KEYCHAIN_UNAVAILABLE',
    detail,
    hint: 'Unlock with the recovery key, or choose a vault with a passphrase where there is no keychain.',
    cause,
  });
}

async function entryOf(account: string) {
  let keyring: typeof import('@napi-rs/keyring');
  try {
    // Only here, so that a platform without the prebuilt module can still use the other kinds of vault.
    keyring = await import('@napi-rs/keyring');
  } catch (cause) {
    throw unavailable('The module for the keychain is not there for this platform.', cause);
  }
  try {
    return new keyring.AsyncEntry(service, account, options);
  } catch (cause) {
    throw unavailable(
      process.platform === 'linux'
        ? 'No keychain service answers: there is no D-Bus session, or no Secret Service such as gnome-keyring on it.'
        : 'The keychain of the operating system does not answer.',
      cause,
    );
  }
}

async function using<T>(
  account: string,
  use: (entry: Awaited<ReturnType<typeof entryOf>>) => Promise<T>,
): Promise<T> {
  const entry = await entryOf(account);
  try {
    return await use(entry);
  } catch (cause) {
    throw unavailable(
      process.platform === 'linux'
        ? 'The keychain service answers, but has no unlocked collection to keep secrets in.'
        : 'The keychain of the operating system is locked or refuses access.',
      cause,
    );
  }
}

/** The operating system's keychain: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows. */
export function systemKeychain(): Keychain {
  return {
    set: (account, secret) => using(account, (entry) => entry.setPassword(secret)),
    get: (account) => using(account, (entry) => entry.getPassword()),
    delete: async (account) => {
      await using(account, (entry) => entry.deleteCredential());
    },
  };
}
