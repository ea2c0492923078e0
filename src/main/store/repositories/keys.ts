/** Private keys as the vault sealed them, with their public halves. */
import type { Kysely, Selectable } from 'kysely';
import type { Statement } from '../committer.ts';
import type { Schema } from '../schema.ts';
import { statement } from '../statement.ts';

export type KeyRow = Selectable<Schema['keys']>;

/** A key as the signer hands it out for storing. */
export interface NewKey {
  readonly keyId: string;
  readonly algorithm: string;
  readonly spki: Uint8Array;
  readonly sealed: Uint8Array;
}

export class KeyRepository {
  readonly #db: Kysely<Schema>;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  insert({ keyId, algorithm, spki, sealed }: NewKey, now: Date): Statement {
    const row = { id: keyId, algorithm, spki, sealed, createdAt: now.getTime() };
    return statement(this.#db.insertInto('keys').values(row), { rows: 1 });
  }

  /** Forgets a key that nothing refers to. */
  remove(id: string): Statement {
    return statement(this.#db.deleteFrom('keys').where('id', '=', id), { rows: 1 });
  }

  find(id: string): Promise<KeyRow | undefined> {
    return this.#db.selectFrom('keys').selectAll().where('id', '=', id).executeTakeFirst();
  }
}
