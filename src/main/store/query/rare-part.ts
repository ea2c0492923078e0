import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';
import { shortestIndexed } from './plan.ts';

/** Looked at to tell what is rare: spread over the table, read in a millisecond. */
const sampleRows = 200;
/** Runs that more than one in so many of the sample have are not worth a look into the index. */
const rare = 8;
/** Trigrams looked up together, so that the index has to find few of those that everything has. */
const windowLength = 6;

/**
 * The part of a run (three characters and more) by which the index of words finds its certificates soonest: an index of
 * trigrams goes through all places of each, so that one that every name has costs more than all others. Undefined
 * where every part is frequent.
 */
export async function rarePart(db: Kysely<Schema>, run: string): Promise<string | undefined> {
  const texts = await sample(db);
  const characters = [...run.toLowerCase()];
  const frequencies = characters.slice(0, 1 - shortestIndexed).map((_, at) => {
    const trigram = characters.slice(at, at + shortestIndexed).join('');
    return texts.filter((text) => text.includes(trigram)).length;
  });
  const lowest = Math.min(...frequencies);
  if (texts.length >= rare && lowest * rare > texts.length) return undefined;
  const starts = frequencies
    .slice(0, Math.max(1, characters.length - windowLength + 1))
    .map((_, at) => frequencies.slice(at, at + windowLength - shortestIndexed + 1));
  const costs = starts.map((window) => Math.min(...window) * sampleRows * windowLength + sum(window));
  const start = costs.indexOf(Math.min(...costs));
  return characters.slice(start, start + windowLength).join('');
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** The number of the newest row, 0 where there is none. */
export async function newestRow(db: Kysely<Schema>): Promise<number> {
  const newest = await db
    .selectFrom('certificates')
    .select((eb) => eb.fn.max('rowId').as('rowId'))
    .executeTakeFirst();
  return newest?.rowId ?? 0;
}

/** What would be among the words of some certificates, but for numbers that nothing shares. */
async function sample(db: Kysely<Schema>): Promise<string[]> {
  const newest = await newestRow(db);
  const rowIds = Array.from({ length: sampleRows }, (_, at) => Math.ceil((newest * (at + 1)) / sampleRows));
  const rows = await db
    .selectFrom('certificates')
    .select(['commonName', 'subject', 'subjectAltNames', 'serialNumber'])
    .where('rowId', 'in', sql<number>`(select value from json_each(${JSON.stringify(rowIds)}))`)
    .execute();
  return rows.map((row) => Object.values(row).join('\n').toLowerCase());
}
