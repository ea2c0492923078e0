/** What queries ask of a certificate beside its names: columns of their own, filled from the bytes that are there. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { parseCertificate } from '../../x509/index.ts';
import { type CertificateFacts, factColumns, factsOf } from '../certificate-facts.ts';

const statements = [
  'alter table certificates add column thumbprint blob',
  'alter table certificates add column organizationalUnit text',
  'alter table certificates add column signatureAlgorithm text',
  'alter table certificates add column keyUsages text',
  'alter table certificates add column extendedKeyUsages text',
] as const;

const indexes = [
  'create index certificates_thumbprint on certificates (thumbprint)',
  // Nearly in the order of adding, so that keeping it costs little.
  'create index certificates_not_before on certificates (notBefore)',
] as const;

const atOnce = 1000;

export const certificateFacts: Migration = {
  async up(db: Kysely<never>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
    let last = 0;
    for (;;) {
      const { rows } = await sql<{ rowId: number; der: Uint8Array }>`
        select rowId, der from certificate_bytes where rowId > ${last} order by rowId limit ${atOnce}`.execute(
        db,
      );
      for (const { rowId, der } of rows) {
        const [thumbprint, unit, signature, usages, extended] = factColumns(readFacts(der));
        await sql`update certificates set thumbprint = ${thumbprint}, organizationalUnit = ${unit},
          signatureAlgorithm = ${signature}, keyUsages = ${usages}, extendedKeyUsages = ${extended}
          where rowId = ${rowId}`.execute(db);
        last = rowId;
      }
      if (rows.length < atOnce) break;
    }
    for (const statement of indexes) await sql.raw(statement).execute(db);
  },
};

/** Nothing of what cannot be read any more: a certificate is kept nevertheless. */
function readFacts(der: Uint8Array): CertificateFacts | undefined {
  try {
    return factsOf(parseCertificate(der));
  } catch {
    return undefined;
  }
}
