import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { Committer, type Statement, type UnitOfWork } from '../../../../src/main/store/committer.ts';

const add = (name: string, more: Partial<Statement> = {}): Statement => ({
  sql: 'insert into things (name) values (?)',
  parameters: [name],
  rows: 1,
  duplicate: { code: 'ALREADY_EXISTS', detail: `${name} is there` },
  ...more,
});
const index = (name: string): Statement => ({
  sql: 'insert into words (rowid, text) select rowid, ? from things where name = ?',
  parameters: [name, name],
  rows: 1,
  atEnd: true,
});

describe('statements that the committer keeps for the end', () => {
  let sqlite: Database.Database;
  let committer: Committer;

  beforeEach(() => {
    sqlite = new Database(':memory:');
    sqlite.exec(`
      create table things (name text not null unique) strict;
      create table audit_events (leafIndex integer primary key, event text not null) strict;
      create virtual table words using fts5 (text, content='', tokenize='trigram')`);
    committer = new Committer(sqlite);
  });

  const column = (sql: string) => sqlite.prepare(sql).pluck().all();
  const commitAll = async (units: readonly UnitOfWork[]) => {
    const outcomes = await Promise.allSettled(units.map((unit) => committer.commit(unit)));
    return outcomes.map((one) => (one.status === 'fulfilled' ? 'done' : one.reason.code));
  };

  it('keeps the units that pass when one of the same moment fails, and numbers their events without a gap', async () => {
    const unit = (name: string) => ({ statements: [add(name), index(name)], events: [`added ${name}`] });
    expect(await commitAll([unit('one'), unit('one'), unit('two')])).toEqual([
      'done',
      'ALREADY_EXISTS',
      'done',
    ]);
    expect(column('select name from things order by rowid')).toEqual(['one', 'two']);
    expect(column('select event from audit_events order by leafIndex')).toEqual(['added one', 'added two']);
    expect(column('select leafIndex from audit_events order by leafIndex')).toEqual([0, 1]);
    expect(column(`select count(*) from words where words match '"two"'`)).toEqual([1]);
  });

  it('undoes what the failed unit had written before', async () => {
    const unit = { statements: [add('one'), index('one'), add('one')], events: ['never'] };
    expect(await commitAll([unit, { statements: [add('two')], events: ['two'] }])).toEqual([
      'ALREADY_EXISTS',
      'done',
    ]);
    expect(column('select name from things')).toEqual(['two']);
    expect(column('select event from audit_events')).toEqual(['two']);
  });

  it('undoes a unit whose last statement fails at the end, and no other', async () => {
    const failing = { statements: [add('one'), index('missing')], events: ['never'] };
    const passing = { statements: [add('two'), index('two')], events: ['two'] };
    expect(await commitAll([failing, passing])).toEqual(['CONFLICT', 'done']);
    expect(column('select name from things')).toEqual(['two']);
    expect(column('select event from audit_events')).toEqual(['two']);
    expect(column('select leafIndex from audit_events')).toEqual([0]);
  });

  it('fails alone a unit that comes alone and fails at the end', async () => {
    expect(await commitAll([{ statements: [add('one'), index('missing')], events: ['never'] }])).toEqual([
      'CONFLICT',
    ]);
    expect(column('select count(*) from things')).toEqual([0]);
    expect(await commitAll([{ statements: [add('one')], events: ['one'] }])).toEqual(['done']);
  });
});
