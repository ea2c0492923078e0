import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { Committer, type Statement, type UnitOfWork } from '../../../../src/main/store/committer.ts';
import type { ChanceryError } from '../../../../src/shared/errors.ts';

let sqlite: Database.Database;
let committer: Committer;
let commits = 0;
const flush = async () => undefined;

beforeEach(() => {
  sqlite = new Database(':memory:');
  sqlite.exec('create table things (name text unique, owner integer) strict');
  sqlite.exec('create table audit_events (leafIndex integer primary key, event text not null) strict');
  countCommits(sqlite);
  committer = new Committer(sqlite, { flush });
});

/** Counts how often a statement that commits is run. */
function countCommits(database: Database.Database): void {
  const prepare = database.prepare.bind(database);
  database.prepare = ((sql: string) => {
    const prepared = prepare(sql);
    if (sql !== 'commit') return prepared;
    const run = prepared.run.bind(prepared);
    prepared.run = () => {
      commits += 1;
      return run();
    };
    return prepared;
  }) as typeof database.prepare;
}

const insert = (name: string, expectations: Partial<Statement> = {}): Statement => ({
  sql: 'insert into things values (?, 1)',
  parameters: [name],
  rows: 1,
  ...expectations,
});
const unit = (event: string, ...statements: Statement[]): UnitOfWork => ({ statements, events: [event] });
/** The committer's turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const names = () => sqlite.prepare('select name from things order by rowid').pluck().all();
const leaves = () =>
  sqlite.prepare('select leafIndex, event from audit_events order by leafIndex').raw().all();
const outcome = (unitOfWork: UnitOfWork) =>
  committer.commit(unitOfWork).then(
    () => 'done',
    (error: ChanceryError) => error.code,
  );
/** How many transactions the work took. */
async function transactions(work: () => Promise<unknown>): Promise<number> {
  const before = commits;
  await work();
  return commits - before;
}

describe('the committer', () => {
  it('writes what waits in one transaction, each unit with its events, in the order in which they came', async () => {
    const units = ['a', 'b', 'c'].map((name) => unit(`made ${name}`, insert(name)));
    expect(await transactions(() => Promise.all(units.map((one) => committer.commit(one))))).toBe(1);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(leaves()).toEqual([
      [0, 'made a'],
      [1, 'made b'],
      [2, 'made c'],
    ]);
  });

  it('splits a great many units, so that nobody waits for all of them', async () => {
    const units = Array.from({ length: 1200 }, (_, index) => unit(`made ${index}`, insert(`n${index}`)));
    expect(await transactions(() => Promise.all(units.map((one) => committer.commit(one))))).toBe(3);
    expect(leaves()).toHaveLength(1200);
  });

  it('resolves nobody before the transaction is over', async () => {
    let isOpen = true;
    const committed = committer.commit(unit('a', insert('a'))).then(() => {
      isOpen = sqlite.inTransaction;
    });
    await committed;
    expect(isOpen).toBe(false);
  });

  it('undoes a unit that fails as a whole, its events too, and writes its neighbours without a gap', async () => {
    const results = await Promise.all([
      outcome(unit('first', insert('a'))),
      outcome(
        unit(
          'second',
          insert('b'),
          insert('a', { duplicate: { code: 'ALREADY_EXISTS', detail: 'a is there' } }),
        ),
      ),
      outcome(unit('third', insert('c'))),
    ]);
    expect(results).toEqual(['done', 'ALREADY_EXISTS', 'done']);
    expect(names()).toEqual(['a', 'c']);
    expect(leaves()).toEqual([
      [0, 'first'],
      [1, 'third'],
    ]);
  });

  it('goes on counting leaves where an earlier process stopped', async () => {
    sqlite.prepare('insert into audit_events values (41, ?)').run('earlier');
    await new Committer(sqlite, { flush }).commit(unit('later'));
    expect(leaves().at(-1)).toEqual([42, 'later']);
  });

  it('refuses a change that touches other rows than it expects, with the error that it names', async () => {
    const update = { sql: "update things set owner = 2 where name = 'nobody'", parameters: [], rows: 1 };
    expect(
      await outcome(unit('a', { ...update, otherwise: { code: 'NOT_FOUND', detail: 'nobody there' } })),
    ).toBe('NOT_FOUND');
    expect(await outcome(unit('a', update))).toBe('CONFLICT');
    expect(leaves()).toEqual([]);
  });

  it('holds a guard: a query that must find its row when the change is made', async () => {
    const guard: Statement = {
      sql: "select 1 from things where name = 'a'",
      parameters: [],
      rows: 1,
      otherwise: { code: 'CONFLICT', detail: 'a is gone' },
    };
    expect(await outcome(unit('b', guard, insert('b')))).toBe('CONFLICT');
    await committer.commit(unit('a', insert('a')));
    expect(await outcome(unit('b', guard, insert('b')))).toBe('done');
  });

  it('lets only one of two at once have what both want', async () => {
    const take = (owner: number): Statement => ({
      sql: "update things set owner = ? where name = 'a' and owner = 1",
      parameters: [owner],
      rows: 1,
    });
    await committer.commit(unit('a', insert('a')));
    expect(await Promise.all([outcome(unit('2', take(2))), outcome(unit('3', take(3)))])).toEqual([
      'done',
      'CONFLICT',
    ]);
    expect(sqlite.prepare('select owner from things').pluck().get()).toBe(2);
  });

  it('tries each unit by itself where the whole transaction is lost, and answers each for itself', async () => {
    // Just as a full disk does it: SQLite itself ends the transaction, with all that was in it.
    sqlite.pragma(`max_page_count = ${(sqlite.pragma('page_count', { simple: true }) as number) + 2}`);
    const results = await Promise.all([
      outcome(unit('a', insert('a'))),
      outcome(unit('b', insert('b'.repeat(100_000)))),
      outcome(unit('c', insert('c'))),
    ]);
    expect(results).toEqual(['done', 'STORAGE_FULL', 'done']);
    expect(names()).toEqual(['a', 'c']);
    expect(leaves()).toEqual([
      [0, 'a'],
      [1, 'c'],
    ]);
  });

  it('answers nobody before the disk has the transaction, and lets those who come meanwhile share the next one', async () => {
    const flushes: (() => void)[] = [];
    committer = new Committer(sqlite, {
      flush: () => new Promise<void>((resolve) => flushes.push(resolve)),
    });
    const done: string[] = [];
    const commit = (name: string) => committer.commit(unit(name, insert(name))).then(() => done.push(name));
    const first = commit('a');
    await turn();
    expect([names(), done, flushes.length]).toEqual([['a'], [], 1]);
    const others = [commit('b')];
    await turn();
    others.push(commit('c'));
    await turn();
    const readable = committer.durable().then(() => done.push('all that was readable'));
    const settled = committer.settled().then(() => done.push('all'));
    expect([names(), done, flushes.length]).toEqual([['a'], [], 1]);
    flushes.shift()?.();
    await Promise.all([first, readable]);
    await turn();
    expect([names(), done, flushes.length]).toEqual([['a', 'b', 'c'], ['a', 'all that was readable'], 1]);
    flushes.shift()?.();
    await Promise.all([...others, settled]);
    expect(done).toEqual(['a', 'all that was readable', 'b', 'c', 'all']);
    await committer.durable();
    expect(flushes).toEqual([]);
  });

  it('writes nothing more once a flush has failed, since nobody knows what the disk has', async () => {
    committer = new Committer(sqlite, { flush: async () => Promise.reject(new Error('input/output error')) });
    expect(await outcome(unit('a', insert('a')))).toBe('STORAGE_FULL');
    expect(await outcome(unit('b', insert('b')))).toBe('STORAGE_FULL');
    expect(names()).toEqual(['a']);
    // It can be read, and may be gone after the next start.
    await expect(committer.durable()).rejects.toMatchObject({ code: 'STORAGE_FULL' });
  });

  it('writes nothing of what waited for a flush that failed', async () => {
    const flushes: { reject(error: Error): void }[] = [];
    committer = new Committer(sqlite, {
      flush: () => new Promise<void>((_, reject) => flushes.push({ reject })),
    });
    const first = outcome(unit('a', insert('a')));
    await turn();
    const second = outcome(unit('b', insert('b')));
    flushes[0]?.reject(new Error('input/output error'));
    expect(await Promise.all([first, second])).toEqual(['STORAGE_FULL', 'STORAGE_FULL']);
    expect([names(), flushes.length]).toEqual([['a'], 1]);
  });

  it('answers INTERNAL errors as they are, and lives on', async () => {
    await expect(
      committer.commit(unit('a', { sql: 'insert into no_such values (1)', parameters: [] })),
    ).rejects.toThrow('no such table');
    expect(await outcome(unit('b', insert('b')))).toBe('done');
    expect(leaves()).toEqual([[0, 'b']]);
  });
});
