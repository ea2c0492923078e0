/** How an authority signs, where its key leaves a choice: RSA with PKCS#1 v1.5 or PSS. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const authoritySignature: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    await sql.raw('alter table authorities add column signatureAlgorithm text').execute(db);
  },
};
