/** The words of certificates that the index of words does not hold yet. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statement = `create table words_to_index (
  rowId integer primary key references certificates, words text not null) strict`;

export const wordsToIndex: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await sql.raw(statement).execute(db);
  },
};
