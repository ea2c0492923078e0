import { ChanceryError } from '../../../shared/errors.ts';
import type { Signer } from '../../keys/index.ts';
import type { AuthorityRow, CrlRow, Statement, Store } from '../../store/index.ts';
import { assembleSigned, buildTbsCertList } from '../../x509/index.ts';
import { type Context, systemContext } from '../context.ts';
import { auditEvent } from '../finish.ts';
import type { Clock } from '../rooms.ts';
import type { AuthorityDirectory } from './authority-directory.ts';
import { collectCrlEntries } from './crl-entries.ts';

const dayMs = 86_400_000;
/** How long a CRL is good for. A root's list changes rarely and its authority may lie offline. */
const validityDays = { root: 180, intermediate: 7, external: 7 } as const;

interface Parts {
  readonly store: Store;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly authorities: AuthorityDirectory;
}

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
  readonly #parts: Parts;
  readonly #queues = new Map<string, Queue>();

  constructor(parts: Parts) {
    this.#parts = parts;
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
    const crl = await store.authorities.findCrl(authorityId);
    if (row && (crl?.revision ?? -1) < row.revision) await this.publish(authorityId, context);
  }

  /** Publishes where a revocation is not in the CRL yet, where there is none, or where half its time is over. */
  async publishDue(): Promise<void> {
    const { store, authorities, clock } = this.#parts;
    const now = clock().getTime();
    const crls = new Map((await store.authorities.crls()).map((crl) => [crl.authorityId, crl]));
    for (const { id, status, revision } of await store.authorities.all(null)) {
      if (status !== 'active' || !(await authorities.all()).has(id)) continue;
      const crl = crls.get(id);
      if (!crl || crl.revision < revision || now > (crl.thisUpdate + crl.nextUpdate) / 2)
        await this.publish(id);
    }
  }

  async #issue(authorityId: string, context: Context): Promise<CrlRow> {
    const { store, signer, clock, authorities } = this.#parts;
    const issuer = await authorities.issuer(authorityId);
    const row = await store.authorities.findById(authorityId);
    if (!row) throw new Error(`authority ${authorityId} is gone`);
    const entries = await collectCrlEntries(store, authorityId);
    await this.#takeNumber(row, entries.keeping);
    const number = row.crlNumber + 1;
    // Whole seconds are all that a CRL can say.
    const thisUpdate = new Date(Math.floor(clock().getTime() / 1000) * 1000);
    const nextUpdate = new Date(thisUpdate.getTime() + validityDays[row.kind] * dayMs);
    const { signatureAlgorithm } = issuer;
    const tbs = buildTbsCertList({
      signatureAlgorithm,
      issuerDer: issuer.certificate.subject.der,
      thisUpdate,
      nextUpdate,
      crlNumber: number,
      authorityKeyIdentifier: issuer.subjectKeyIdentifier,
      revoked: [],
      encodedEntries: entries.parts,
    });
    const signature = await signer.sign(row.keyId, tbs, signatureAlgorithm);
    const der = Buffer.from(assembleSigned(tbs, signatureAlgorithm, signature));
    const crl: CrlRow = {
      authorityId,
      number,
      revision: entries.revision,
      thisUpdate: thisUpdate.getTime(),
      nextUpdate: nextUpdate.getTime(),
      entries: entries.count,
      der,
    };
    const event = auditEvent({ clock }, context, {
      type: 'crl.issued',
      realm: row.realmId,
      subject: { kind: 'authority', id: row.id, name: row.slug },
      detail: { number, entries: entries.count, nextUpdate: nextUpdate.toISOString() },
    });
    await store.commit({ statements: [store.authorities.storeCrl(crl)], events: [event] });
    return crl;
  }

  /** Takes the number durably, and keeps what was encoded along with it unless an entry has changed meanwhile. */
  async #takeNumber(row: AuthorityRow, keeping: readonly Statement[]): Promise<void> {
    const { store } = this.#parts;
    const take = store.authorities.takeCrlNumber(row);
    try {
      await store.commit({ statements: [take, ...keeping], events: [] });
    } catch (error) {
      const hasChanged = error instanceof ChanceryError && error.code === 'CONFLICT' && keeping.length > 0;
      if (!hasChanged) throw error;
      await store.commit({ statements: [take], events: [] });
    }
  }
}
