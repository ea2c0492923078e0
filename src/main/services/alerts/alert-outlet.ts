/**
 * Sends what waits for the destinations of alerts. Its invariant: each destination gets its notices in their order,
 * each at least once, and the next only after the one before; what keeps one destination keeps no other. A notice is
 * taken from its queue after the other side has it, so that no crash loses one.
 */
import { newId } from '../../crypto/index.ts';
import { type Delivery, postWebhook, sendMail } from '../../outward/index.ts';
import type { DestinationRow, NoticeRow, Statement } from '../../store/index.ts';
import { systemRealmSlug } from '../realms/realm-directory.ts';
import type { Rooms } from '../rooms.ts';
import { destinationPurpose } from './change-destination.ts';
import { type CloudEvent, cloudEventOf, cloudEventType, testEvent } from './cloud-event.ts';
import { keepAlerts } from './keep-alerts.ts';
import { mailOf } from './mail-of.ts';
import { newAlert } from './new-alert.ts';
import { type KnownDestination, knownDestination } from './present-destination.ts';

type Parts = Pick<Rooms, 'store' | 'vault' | 'clock' | 'realms'>;

/** In one mail. */
const mostInMail = 100;
/** Of a destination in one round: then the others' turn to be looked for. */
const mostInRound = 500;
const hourMs = 3_600_000;
/** What could not be delivered for so long, by the clock and by attempts, is of no use any more. */
const failuresToGiveUp = 24;
const keptMs = 24 * hourMs;
/** Behind so much, the oldest is given up. */
const mostWaiting = 20_000;
/** About an hour of failures: then people here are told. */
const failuresToTellOf = 6;

export class AlertOutlet {
  readonly #parts: Parts;
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Delivers what waits and is due, to all destinations at once; a round that runs already is waited for instead. */
  deliverDue(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Sends a test at once, beside the queue; throws LOCKED. */
  test({ row, ...known }: KnownDestination, signal: AbortSignal): Promise<Delivery> {
    const now = this.#parts.clock();
    const event = testEvent(newId(now), row, now);
    return this.#send({ row, ...known }, [event], AbortSignal.any([signal, this.#closing.signal]));
  }

  /** Breaks off what is under way; it is delivered again after the next start. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #round(): Promise<void> {
    const { store, vault, clock } = this.#parts;
    if (!vault.isOpen || this.#closing.signal.aborted) return;
    const due = store.alertDestinations.due(clock().getTime(), hourMs);
    await Promise.all(due.map((row) => this.#deliver(row)));
  }

  async #deliver(row: DestinationRow): Promise<void> {
    const { store, realms, vault } = this.#parts;
    const known = knownDestination(row);
    const slugs = await realms.slugs();
    const atOnce = row.kind === 'smtp' ? mostInMail : 1;
    let { failures } = row;
    for (let sent = 0; sent < mostInRound && vault.isOpen; sent += atOnce) {
      const notices = store.alertDestinations.waiting(row.id, atOnce);
      if (notices.length === 0) return;
      const events = notices.map((one) => cloudEventOf(one, slugs.get(one.realmId ?? '') ?? null));
      const delivery = await this.#send(known, events, this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      if (!delivery.ok) return this.#noteFailure(row, failures + 1, delivery.detail);
      await this.#noteDelivered(row, notices, failures > 0, delivery.complaint ?? null);
      failures = 0;
    }
  }

  #send(
    { row, address }: KnownDestination,
    events: readonly CloudEvent[],
    signal: AbortSignal,
  ): Promise<Delivery> {
    const { vault, clock } = this.#parts;
    const secret = row.sealed && vault.open(destinationPurpose(row.id), row.sealed);
    const at = clock();
    if (row.kind === 'webhook') {
      const [event] = events as readonly [CloudEvent];
      const webhook = { url: address.url ?? '', secret: secret ?? Buffer.alloc(0), trust: address.trust };
      const message = { id: event.id, mediaType: cloudEventType, body: JSON.stringify(event), at };
      return postWebhook(webhook, message, signal).finally(() => secret?.fill(0));
    }
    const { username } = address;
    const credentials =
      username === null || secret === null ? null : { username, password: Buffer.from(secret).toString() };
    secret?.fill(0);
    const { host, port, security, trust, sender, recipients } = address;
    const server = { host: host ?? '', port: port ?? 0, security: security ?? 'tls', credentials, trust };
    const envelope = { sender: sender ?? '', recipients: recipients ?? [], at };
    return sendMail(server, { ...envelope, ...mailOf(row.id, events) }, signal);
  }

  #noteDelivered(
    { id }: DestinationRow,
    notices: readonly NoticeRow[],
    hadFailed: boolean,
    complaint: string | null,
  ): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock();
    const statements: Statement[] = store.alertDestinations.delivered(id, notices.at(-1)?.number ?? 0, {
      at: now.getTime(),
      complaint,
    });
    if (hadFailed)
      statements.push(...keepAlerts(this.#parts, { subjectKind: 'destination', subjectId: id }, [], now));
    return store.commit({ statements, events: [] });
  }

  async #noteFailure(
    { id, name, lastDeliveredAt, createdAt }: DestinationRow,
    failures: number,
    detail: string,
  ) {
    const { store, clock, realms } = this.#parts;
    const now = clock();
    const nextAttemptAt = now.getTime() + waitMs(failures);
    const statements = store.alertDestinations.failed(
      id,
      { failures, lastError: detail, nextAttemptAt },
      { before: failures < failuresToGiveUp ? 0 : now.getTime() - keptMs, behind: mostWaiting },
    );
    const system = (await realms.all()).find(({ slug }) => slug === systemRealmSlug);
    if (failures >= failuresToTellOf && system) {
      const subject = { subjectKind: 'destination', subjectId: id } as const;
      const at = lastDeliveredAt ?? createdAt;
      const cause = { ...subject, realmId: system.id, about: id, name, at, reason: detail };
      statements.push(
        ...keepAlerts(this.#parts, subject, [newAlert({ ...cause, kind: 'delivery.failed' }, now)], now),
      );
    }
    await store.commit({ statements, events: [] });
  }
}

/** A minute, then twice as long each time, and an hour at most. */
function waitMs(failures: number): number {
  return Math.min(hourMs, 60_000 * 2 ** Math.min(failures - 1, 10));
}
