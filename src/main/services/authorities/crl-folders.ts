import type { AuthorityRow, Store } from '../../store/index.ts';
import { systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Clock } from '../rooms.ts';
import { crlFile, makeFolderOf, writeWhole } from './crl-folder.ts';
import { wholePart } from './crl-parts.ts';
import { crlSettingsOf } from './crl-settings.ts';
import { publishedAs } from './publication-urls.ts';

/** How the last publication to a folder went. */
export interface FolderResult {
  readonly folder: string;
  readonly at: string;
  /** Number of the CRL that was written, or should have been. */
  readonly number: number;
  /** Null where it went well. */
  readonly problem: string | null;
}

/** The last result, null where there was none. */
export function folderResultOf(crlPublication: string | null | undefined): FolderResult | null {
  return crlPublication == null ? null : (JSON.parse(crlPublication) as FolderResult);
}

/**
 * Publishes CRLs to the folders that authorities name. Its invariant: nobody waits for a folder, which may be on
 * a disk that hangs; a failure is an event and noted with the authority, and is tried again.
 */
export class CrlFolders {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #running = new Map<string, Promise<void>>();
  /** Authorities with something that the running write may not have seen. */
  readonly #asked = new Set<string>();
  /** Numbers of what was written since the start, by file. */
  readonly #written = new Map<string, number>();

  constructor({ store, clock }: { readonly store: Store; readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Begins to write what is new of the authority; at most one at a time. */
  publish(authorityId: string): void {
    this.#asked.add(authorityId);
    if (this.#running.has(authorityId)) return;
    this.#running.set(authorityId, this.#run(authorityId));
  }

  /** Resolves when nothing is being written, for the authority or for any, at the latest after the time given. */
  async settled(timeoutMs: number, authorityId?: string): Promise<void> {
    const running =
      authorityId === undefined ? [...this.#running.values()] : [this.#running.get(authorityId)];
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([Promise.all(running), timeout]);
    clearTimeout(timer);
  }

  /** Tries again what has not been published or has failed. */
  async publishDue(): Promise<void> {
    for (const row of await this.#store.authorities.all(null)) {
      const { folder } = crlSettingsOf(row);
      const last = folderResultOf(row.crlPublication);
      const number = this.#store.crls.find(row.id)?.number;
      if (folder === '' || number === undefined) continue;
      if (last?.folder !== folder || last.problem !== null || last.number < number) this.publish(row.id);
    }
  }

  async #run(authorityId: string): Promise<void> {
    while (this.#asked.delete(authorityId)) await this.#publish(authorityId).catch(() => undefined);
    this.#running.delete(authorityId);
  }

  async #publish(authorityId: string): Promise<void> {
    const row = await this.#store.authorities.findById(authorityId);
    if (!row) return;
    const { folder } = crlSettingsOf(row);
    const number = this.#store.crls.find(authorityId)?.number;
    if (folder === '' || number === undefined) return;
    const problem = await this.#write(row, folder).then(
      () => null,
      (error: NodeJS.ErrnoException) => error.code ?? error.message,
    );
    await this.#note(row, { folder, at: this.#clock().toISOString(), number, problem });
  }

  async #write(row: AuthorityRow, folder: string): Promise<void> {
    const { id } = row;
    const name = publishedAs(row);
    const parts = (await this.#store.crls.summaries()).filter(({ authorityId }) => authorityId === id);
    if (parts.some(({ part }) => part !== wholePart)) await makeFolderOf(folder, name);
    for (const { part } of parts) {
      const file = crlFile(folder, name, part);
      const crl = this.#store.crls.find(id, part);
      if (!crl || this.#written.get(file) === crl.number) continue;
      const bytes = this.#store.crls.bytes(crl);
      // It may have been stored a moment ago, and not be on our own disk yet.
      await this.#store.durable();
      await writeWhole(file, bytes);
      this.#written.set(file, crl.number);
    }
  }

  /** A failure that goes on is one event, until it is another. */
  async #note(row: AuthorityRow, result: FolderResult): Promise<void> {
    const last = folderResultOf(row.crlPublication);
    const isNews =
      result.problem !== null && (last?.problem !== result.problem || last.folder !== result.folder);
    const event = auditEvent({ clock: this.#clock }, systemContext, {
      type: 'crl.publication-failed',
      realm: row.realmId,
      subject: { kind: 'authority', id: row.id, name: row.slug },
      outcome: 'failure',
      detail: { folder: result.folder, number: result.number, problem: result.problem },
    });
    await this.#store.commit({
      statements: [this.#store.authorities.notePublication(row.id, JSON.stringify(result))],
      events: isNews ? [event] : [],
    });
  }
}
