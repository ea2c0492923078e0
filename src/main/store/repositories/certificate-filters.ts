/** What narrows a list of certificates beside a search or a query. */
import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { CertificateStatus } from '../../../shared/model/certificate.ts';
import { containing } from '../page.ts';
import { shortestIndexed } from '../query/plan.ts';
import type { Schema } from '../schema.ts';
import { rowsWithWords } from '../word-index.ts';
import type { CertificateQuery } from './certificate-search.ts';

/** Up to so many hits, fetching and sorting them takes less time than a walk may. */
export const mostSorted = 25_000;

export type Conditions = Pick<
  CertificateQuery,
  | 'realmIds'
  | 'search'
  | 'status'
  | 'exclude'
  | 'matching'
  | 'authorityIds'
  | 'profileIds'
  | 'origin'
  | 'endEntityId'
  | 'notAfterBefore'
  | 'metadata'
  | 'isArchived'
  | 'now'
>;

/** The rows of the realms that pass the filters, without the search. */
export function filteredCertificates(db: Kysely<Schema>, query: Omit<Conditions, 'search'>) {
  let rows = db.selectFrom('certificates').where('isAuthority', '=', 0);
  if (query.realmIds) rows = rows.where('realmId', 'in', query.realmIds);
  if (query.authorityIds) rows = rows.where('authorityId', 'in', query.authorityIds);
  if (query.profileIds) rows = rows.where('profileId', 'in', query.profileIds);
  if (query.origin) rows = rows.where('importedFrom', query.origin === 'issued' ? 'is' : 'is not', null);
  if (query.endEntityId) rows = rows.where('endEntityId', '=', query.endEntityId);
  if (query.notAfterBefore !== undefined) rows = rows.where('notAfter', '<', query.notAfterBefore);
  if (query.isArchived !== undefined)
    rows = rows.where('archivedAt', query.isArchived ? 'is not' : 'is', null);
  if (query.metadata) {
    const { name, value } = query.metadata;
    let noted = db.selectFrom('certificate_metadata').select('rowId').where('name', '=', name);
    if (value !== undefined) noted = noted.where('value', '=', value);
    rows = rows.where('rowId', 'in', noted);
  }
  if (query.status) {
    const status = query.status;
    rows = rows.where((eb) => hasStatus(eb, status, query.now));
  }
  for (const status of query.exclude ?? []) {
    // What is not known of a status is not it.
    rows = rows.where((eb) => sql<boolean>`not coalesce(${hasStatus(eb, status, query.now)}, false)`);
  }
  return rows;
}

/** The rows that pass the search as well, found by the index of words where there is a phrase for it. */
export function searchedCertificates(db: Kysely<Schema>, query: Conditions) {
  const rows = filteredCertificates(db, query);
  const search = query.search?.trim();
  // No name has a NUL, and FTS5 would take it for the end of the phrase.
  if (search?.includes('\0')) return rows.where(sql<boolean>`false`);
  const run = indexedRun(search);
  if (run !== undefined) return rows.where('rowId', 'in', sql<number>`(${rowsWithWords(run)})`);
  if (!search) return rows;
  const pattern = containing(search);
  return rows.where(
    sql<boolean>`(commonName like ${pattern} escape '\\' or subjectAltNames like ${pattern} escape '\\')`,
  );
}

/** The search where the index of words can answer it: undefined where there is none, or it is too short. */
export function indexedRun(text: string | undefined): string | undefined {
  const search = text?.trim() ?? '';
  if (search.includes('\0')) return undefined;
  return [...search].length < shortestIndexed ? undefined : search;
}

function hasStatus(eb: ExpressionBuilder<Schema, 'certificates'>, status: CertificateStatus, now: number) {
  switch (status) {
    case 'held':
      return eb('revocationReason', '=', 'certificateHold');
    case 'revoked':
      return eb.and([eb('revokedAt', 'is not', null), eb('revocationReason', '!=', 'certificateHold')]);
    case 'expired':
      return eb.and([eb('revokedAt', 'is', null), eb('notAfter', '<', now)]);
    case 'not-yet-valid':
      return eb.and([eb('revokedAt', 'is', null), eb('notBefore', '>', now)]);
    case 'valid':
      return eb.and([eb('revokedAt', 'is', null), eb('notAfter', '>=', now), eb('notBefore', '<=', now)]);
  }
}
