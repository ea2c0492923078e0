import { readFile, stat } from 'node:fs/promises';
import { ChanceryError } from '../../../shared/errors.ts';
import type { Store } from '../../store/index.ts';
import { settingOf } from './setting-handlers.ts';

/** Some hundred thousand fingerprints are all of Debian's; no list comes near. */
const maxBytes = 64 * 1024 * 1024;
const fingerprintLine = /^[0-9a-f]{20}$/;

interface LoadedList {
  readonly path: string;
  readonly modifiedMs: number;
  readonly fingerprints: ReadonlySet<string>;
}

/**
 * The RSA keys whose private halves are known, such as those of Debian's broken generator (CVE-2008-0166). Their
 * list is under the GPL and not part of this program: the setting lint.weakKeysFile names a file in the format of
 * Debian's openssl-blacklist, 20 hexadecimal digits a line. It is read when it is first needed, and when it changes.
 */
export class WeakKeys {
  readonly #store: Store;
  #loaded: LoadedList | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Tells whether a fingerprint is on the list; undefined where none is set. Throws INVALID_INPUT where it cannot be read. */
  async lookup(): Promise<((fingerprint: string) => boolean) | undefined> {
    const path = await settingOf({ store: this.#store }, 'lint.weakKeysFile');
    if (path === 'off') return undefined;
    const { fingerprints } = await this.#load(path);
    return (fingerprint) => fingerprints.has(fingerprint);
  }

  /** How many keys are on the list; undefined where none is set. Throws as lookup does. */
  async count(): Promise<number | undefined> {
    const path = await settingOf({ store: this.#store }, 'lint.weakKeysFile');
    return path === 'off' ? undefined : (await this.#load(path)).fingerprints.size;
  }

  async #load(path: string): Promise<LoadedList> {
    try {
      const found = await stat(path);
      // A device has no size and no end.
      if (!found.isFile()) throw unreadable('it is no file');
      const { mtimeMs: modifiedMs, size } = found;
      const kept = this.#loaded;
      if (kept?.path === path && kept.modifiedMs === modifiedMs) return kept;
      if (size > maxBytes) throw unreadable('it is larger than 64 MiB');
      this.#loaded = { path, modifiedMs, fingerprints: fingerprintsIn(await readFile(path, 'latin1')) };
      return this.#loaded;
    } catch (cause) {
      throw cause instanceof ChanceryError ? cause : unreadable('the file cannot be opened', cause);
    }
  }
}

/** Comments and empty lines are passed over; anything else is not such a list. */
function fingerprintsIn(text: string): ReadonlySet<string> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw unreadable('it is empty');
  const wrong = lines.findIndex((line) => !fingerprintLine.test(line));
  if (wrong >= 0) throw unreadable(`entry ${wrong + 1} is not of 20 hexadecimal digits`);
  return new Set(lines);
}

function unreadable(problem: string, cause?: unknown): ChanceryError {
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail: `The list of weak keys cannot be read: ${problem}.`,
    hint: "Let the setting lint.weakKeysFile name a list in the format of Debian's openssl-blacklist, or set it to off.",
    ...(cause !== undefined && { cause }),
  });
}
