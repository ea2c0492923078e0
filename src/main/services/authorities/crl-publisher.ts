import type { CrlRow, CrlSummary } from '../../store/index.ts';
import { type Context, systemContext } from '../context.ts';
import type { CrlFolders } from './crl-folders.ts';
import { dueAt, wholePart } from './crl-parts.ts';
import { crlSettingsOf } from './crl-settings.ts';
import { type CrlIssuing, issueCrls, type TakenNumbers } from './issue-crls.ts';

/** CRLs of one authority follow one another: two at once would reach for one number. */
interface Queue {
  /** Settles when the last one that was asked for has. */
  last: Promise<unknown>;
  /** The one that has not begun yet, which everyone who asks now shares. */
  waiting: Promise<CrlRow> | undefined;
}

/**
 * Issues CRLs. Its invariant: a number is taken durably before it is signed, so numbers only go up; and who
 * waits for `publish` gets a CRL that was begun after the call, so it holds every revocation made before it.
 */
export class CrlPublisher {
  readonly #parts: CrlIssuing;
  readonly #folders: CrlFolders;
  readonly #queues = new Map<string, Queue>();
  readonly #taken: TakenNumbers = new Map();
  /** Authorities whose segments were counted since the start: nothing but another program's hand makes them wrong. */
  readonly #counted = new Set<string>();

  constructor(parts: CrlIssuing, folders: CrlFolders) {
    this.#parts = parts;
    this.#folders = folders;
  }

  /** Publishes a CRL that holds all revocations so far; calls of the same moment share one. Throws LOCKED. */
  publish(authorityId: string, context: Context = systemContext): Promise<CrlRow> {
    const queue = this.#queues.get(authorityId) ?? { last: Promise.resolve(), waiting: undefined };
    this.#queues.set(authorityId, queue);
    if (!queue.waiting) {
      queue.waiting = queue.last.then(() => {
        queue.waiting = undefined;
        return this.#issue(authorityId, context);
      });
      queue.last = queue.waiting.catch(() => undefined);
    }
    return queue.waiting;
  }

  /** Publishes where a revocation is not in the authority's CRL yet: its own try may have failed. Throws LOCKED. */
  async catchUp(authorityId: string, context: Context): Promise<void> {
    const { store } = this.#parts;
    const row = await store.authorities.findById(authorityId);
    const crl = store.crls.find(authorityId);
    if (row && (crl?.revision ?? -1) < row.revision) await this.publish(authorityId, context);
  }

  /** Publishes where a revocation is not in the CRL yet, where there is none, or where one is due by the overlap. */
  async publishDue(): Promise<void> {
    const { store, authorities, clock } = this.#parts;
    const now = clock().getTime();
    const crls = Map.groupBy(await store.crls.summaries(), ({ authorityId }) => authorityId);
    for (const row of await store.authorities.all(null)) {
      if (row.status !== 'active' || !(await authorities.all()).has(row.id)) continue;
      const own: readonly CrlSummary[] = crls.get(row.id) ?? [];
      const whole = own.find(({ part }) => part === wholePart);
      const settings = crlSettingsOf(row);
      const isBehind = !whole || whole.revision < row.revision;
      if (isBehind || own.some((crl) => now >= dueAt(crl, settings))) await this.publish(row.id);
    }
    await this.#folders.publishDue();
  }

  async #issue(authorityId: string, context: Context): Promise<CrlRow> {
    const { store } = this.#parts;
    if (!this.#counted.has(authorityId)) {
      if (!store.crlSegments.isWhole(authorityId)) {
        await store.commit({ statements: store.crlSegments.reset(authorityId), events: [] });
      }
      this.#counted.add(authorityId);
    }
    const crl = await issueCrls(this.#parts, this.#taken, authorityId, context);
    this.#folders.publish(authorityId);
    return crl;
  }
}
