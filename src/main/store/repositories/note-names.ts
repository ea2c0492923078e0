import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.ts';

/** Names under which something is noted in the realms; finds each by a look into the index, however many notes there are. */
export async function noteNames(db: Kysely<Schema>, realmIds: readonly string[]): Promise<string[]> {
  const realms = JSON.stringify(realmIds);
  const { rows } = await sql<{ name: string }>`
    with recursive names(name) as (
      select min(name) from certificate_metadata
      union all
      select (select min(name) from certificate_metadata where name > names.name) from names
      where names.name is not null)
    select name from names where name is not null and exists (
      select 1 from certificate_metadata join certificates using (rowId)
      where certificate_metadata.name = names.name
      and realmId in (select value from json_each(${realms})))`.execute(db);
  return rows.map(({ name }) => name);
}
