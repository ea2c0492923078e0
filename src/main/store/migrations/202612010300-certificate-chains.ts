/** What stands above certificates that authorities outside have issued, as it came in with them. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const certificateChains: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await sql
      .raw(
        'create table certificate_chains (rowId integer primary key references certificates, pem text not null) strict',
      )
      .execute(db);
  },
};
