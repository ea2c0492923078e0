/** Looks into the database of a data folder from outside, also while another process writes to it. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { AuditEntry } from '../../src/main/audit/index.ts';

/** Runs one query; read only. */
export function readRows<T = Record<string, unknown>>(
  home: string,
  sql: string,
  ...parameters: unknown[]
): T[] {
  const sqlite = new Database(join(home, 'chancery.db'), { readonly: true, timeout: 5_000 });
  try {
    return sqlite.prepare(sql).all(...parameters) as T[];
  } finally {
    sqlite.close();
  }
}

/** How many rows each table has, audit_events left out: what a refusal must leave as it was. */
export function tableCounts(home: string): Record<string, number> {
  const names = readRows<{ name: string }>(
    home,
    // The index of words moves when nobody asks for anything, and holds only what lies in other tables too.
    `select name from sqlite_master where type = 'table' and name not in ('audit_events', 'words_to_index')
      and name not like 'sqlite_%' and name not like 'certificate_search%' order by name`,
  );
  const counts = names.map(
    ({ name }) => `select '${name}' as name, (select count(*) from "${name}") as count`,
  );
  const rows = readRows<{ name: string; count: number }>(home, counts.join(' union all '));
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** All audit events in the order of their leaves. */
export function auditEvents(home: string): (AuditEntry & { readonly leafIndex: number })[] {
  const rows = readRows<{ leafIndex: number; event: string }>(
    home,
    'select leafIndex, event from audit_events order by leafIndex',
  );
  return rows.map(({ leafIndex, event }) => ({ leafIndex, ...(JSON.parse(event) as AuditEntry) }));
}

/** What is wrong with the database or its audit record; nothing where all is well. */
export function faultsOf(home: string): string[] {
  const integrity = readRows<{ integrity_check: string }>(home, 'pragma integrity_check');
  const broken = integrity.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  const dangling = readRows<{ table: string }>(home, 'pragma foreign_key_check').map((row) => row.table);
  const gaps = auditEvents(home).flatMap(({ leafIndex }, index) => (leafIndex === index ? [] : [leafIndex]));
  const doubled = readRows<{ serialNumber: string }>(
    home,
    'select serialNumber from certificates group by authorityId, serialNumber having count(*) > 1',
  );
  const unsearchable = readRows<{ id: string }>(
    home,
    `select id from certificates where rowId not in (select rowid from certificate_search)
      and rowId not in (select rowId from words_to_index)`,
  );
  const unfinished = readRows<{ slug: string }>(
    home,
    "select slug from authorities where status = 'creating'",
  );
  return [
    ...broken.map((line) => `integrity: ${line}`),
    ...dangling.map((table) => `dangling reference in ${table}`),
    ...gaps.map((leaf) => `leaf ${leaf} is not where it belongs`),
    ...doubled.map((row) => `serial number ${row.serialNumber} twice`),
    ...unsearchable.map((row) => `certificate ${row.id} is not in the search`),
    ...unfinished.map((row) => `authority ${row.slug} unfinished`),
  ];
}
