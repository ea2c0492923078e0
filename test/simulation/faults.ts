/** Looks into the database for what must never be: its own reading of the tables, without any of the product's rules. */
import { join } from 'node:path';
import Database from 'better-sqlite3';

interface Standing {
  readonly orderId: string;
  readonly id: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revokedAt: number | null;
  readonly renewedById: string | null;
  readonly autoRenew: number | null;
  readonly renewBefore: string | null;
  readonly open: string | null;
}

const issued = `select rowId, orderId, notBefore from certificates
  where rowId > ? and profileId is not null and isAuthority = 0 order by rowId`;
const standing = `select c.orderId, c.id, c.notBefore, c.notAfter, c.revokedAt, c.renewedById, r.autoRenew, r.renewBefore,
    (select group_concat(kind || ' ' || json_extract(detail, '$.certificateId')) from alerts
      where subjectKind = 'order' and subjectId = c.orderId and resolvedAt is null) as open
  from certificates c left join renewals r on r.orderId = c.orderId where c.rowId = ?`;

interface Issued {
  readonly rowId: number;
  readonly orderId: string;
  readonly notBefore: number;
}

export class Faults {
  readonly #sqlite: Database.Database;
  readonly #issued: Database.Statement<[number], Issued>;
  readonly #standing: Database.Statement<[number], Standing>;
  /** Of each order, the newest last: rows are never taken away, so that each is read once. */
  readonly #orders = new Map<string, Issued[]>();
  #lastRow = 0;

  constructor(home: string) {
    this.#sqlite = new Database(join(home, 'chancery.db'), { readonly: true });
    this.#issued = this.#sqlite.prepare(issued);
    this.#standing = this.#sqlite.prepare(standing);
  }

  close(): void {
    this.#sqlite.close();
  }

  /** What is wrong after a round at that moment; `calmSince` is since when nothing has kept renewals from being made. */
  find(now: number, calmSince: number): string[] {
    for (const one of this.#issued.iterate(this.#lastRow)) {
      const line = this.#orders.get(one.orderId);
      if (line) line.push(one);
      else this.#orders.set(one.orderId, [one]);
      this.#lastRow = one.rowId;
    }
    // In one transaction: to begin one for each takes longer than to read.
    return this.#sqlite.transaction(() => this.#ofEach(now, calmSince))();
  }

  #ofEach(now: number, calmSince: number): string[] {
    return [...this.#orders.values()].flatMap((line) => {
      const rowId = line.findLast(({ notBefore }) => notBefore <= now)?.rowId;
      const one = rowId === undefined ? undefined : this.#standing.get(rowId);
      return one ? faultsOf(one, now, calmSince).map((fault) => `${one.orderId} ${fault}`) : [];
    });
  }

  /** What is wrong with the lines of certificates and with the alerts as a whole. */
  findDoubled(): string[] {
    const ids = (sql: string) => this.#sqlite.prepare<[], string>(sql).pluck().all();
    return [
      ...ids(`select renewsId || ' is renewed twice' from certificates where renewsId is not null
        group by renewsId having count(*) > 1`),
      ...ids(`select one.id || ' and its renewal disagree' from certificates one
        join certificates other on other.id = one.renewedById where other.renewsId is not one.id`),
      ...ids(`select one.id || ' renews what does not know of it' from certificates one
        join certificates other on other.id = one.renewsId where other.renewedById is not one.id`),
      ...ids(`select json_extract(detail, '$.certificateId') || ' is told of twice' from alerts
        where subjectKind = 'order' group by kind, json_extract(detail, '$.certificateId') having count(*) > 1`),
      ...ids(`select orderId || ' is not watched' from certificates
        where profileId is not null and orderId not in (select orderId from renewals)`),
    ];
  }

  count(sql: string): number {
    return this.#sqlite.prepare<[], number>(sql).pluck().get() ?? 0;
  }
}

const dayMs = 86_400_000;

function faultsOf(one: Standing, now: number, calmSince: number): string[] {
  const open = one.open?.split(',') ?? [];
  const has = (kind: string) => open.includes(`${kind} ${one.id}`);
  const lifetime = one.notAfter - one.notBefore;
  if (one.revokedAt !== null) return open.length === 0 ? [] : [`is revoked, and alerts are open: ${open}`];
  if (now > one.notAfter) return has('certificate.expired') ? [] : ['has ended unnoticed'];
  const foreign = open.filter((alert) => !alert.endsWith(one.id) || alert.startsWith('certificate.expired'));
  const faults = foreign.length === 0 ? [] : [`has alerts without a cause: ${foreign}`];
  // Where a renewal is on its way, people are told when half of the time for it has passed.
  const notice = Math.min(lifetime / 20, one.autoRenew === 1 ? windowOf(one) / 2 : lifetime);
  if (one.notAfter - now < notice && !has('certificate.expiring')) faults.push('is about to end unnoticed');
  if (one.notAfter - now > lifetime * 0.67 && open.length > 0)
    faults.push(`is new, and alerts are open: ${open}`);
  // What fails is tried again after a day at most, and two days may pass between two rounds.
  const lateSince = Math.max(one.notAfter - Math.min(windowOf(one), lifetime / 2), calmSince) + 4 * dayMs;
  if (one.autoRenew === 1 && one.renewedById === null && now > lateSince)
    faults.push('was not renewed in time');
  return faults;
}

/** How long before its end the renewal begins. */
function windowOf({ renewBefore, notBefore, notAfter }: Standing): number {
  const number = Number.parseInt(renewBefore ?? '33', 10);
  return renewBefore?.endsWith('d') ? number * dayMs : ((notAfter - notBefore) * number) / 100;
}
