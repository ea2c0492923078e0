import { ChanceryError } from '../../../shared/errors.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import type { Query } from '../../../shared/query/query.ts';
import type { CertificateQuery } from '../../store/index.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { certificatePresenter } from './present-certificate.ts';
import { readQuery } from './read-query.ts';

type ListInput = ParsedInput<'certificates.list'>;
export type CertificateFilters = Omit<ListInput, 'sort' | 'cursor' | 'limit' | 'offset' | 'countAll'>;

/** A page of the certificates in the caller's realms. A filter for what is not there finds nothing. */
export async function listCertificates(
  rooms: Rooms,
  input: ListInput,
  context: Context,
): Promise<Output<'certificates.list'>> {
  const { sort, cursor, limit, offset, countAll: countsAll, ...filters } = input;
  const matching = await certificatesMatching(rooms, filters, context);
  if (matching === null) return { items: [], nextCursor: null, total: 0, totalIsCapped: false };
  const page = await rooms.store.certificates.list({
    ...matching,
    sort: sortOf(sort),
    cursor,
    limit,
    offset,
    countsAll,
  });
  return { ...page, items: page.items.map(await certificatePresenter(rooms)) };
}

/** What the filters mean to the store in the caller's realms; null where nothing can match. */
export async function certificatesMatching(
  rooms: Rooms,
  {
    realm,
    authority,
    profile,
    expiresBefore,
    metadata,
    archived = false,
    query,
    collection,
    ...filters
  }: CertificateFilters,
  { principal }: Context,
): Promise<Omit<CertificateQuery, 'sort' | 'limit' | 'cursor' | 'offset' | 'countsAll'> | null> {
  const realmIds = await rooms.realms.scope(principal, realm);
  const issuers = [...(await rooms.authorities.all()).values()];
  const profiles = await rooms.store.policies.profiles(realmIds);
  const named = issuers.find(({ row }) => row.slug === authority || row.id === authority);
  // An authority that was renewed with another key has issued under each of its keys.
  const authorityIds = issuers.filter(({ row }) => row.slug === named?.row.slug).map(({ row }) => row.id);
  const profileIds = profiles
    .filter((row) => row.slug === profile || row.id === profile)
    .map((row) => row.id);
  const unknown =
    (authority !== undefined && authorityIds.length === 0) ||
    (profile !== undefined && profileIds.length === 0);
  if (unknown) return null;
  return {
    ...filters,
    realmIds,
    matching: await queryOf(rooms, principal, realmIds, { query, collection }),
    authorityIds: authority === undefined ? undefined : authorityIds,
    profileIds: profile === undefined ? undefined : profileIds,
    notAfterBefore: expiresBefore === undefined ? undefined : Date.parse(expiresBefore),
    metadata: metadata === undefined ? undefined : noteOf(metadata),
    isArchived: archived,
    now: rooms.clock().getTime(),
  };
}

/** What the query asks for among what is in the collection. Throws INVALID_INPUT, NOT_FOUND (collection). */
async function queryOf(
  rooms: Rooms,
  principal: Context['principal'],
  realmIds: readonly string[],
  { query, collection }: Pick<CertificateFilters, 'query' | 'collection'>,
): Promise<Query | undefined> {
  const texts = query === undefined ? [] : [query];
  if (collection !== undefined) {
    const found = (await rooms.store.named.collections.all(realmIds)).find(({ id }) => id === collection);
    if (!found)
      throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no collection '${collection}'.` });
    texts.push(found.query);
  }
  const parts: Query[] = [];
  for (const text of texts) parts.push(await readQuery(rooms, text, principal, realmIds));
  return parts.length > 1 ? { kind: 'and', parts } : parts[0];
}

export function sortOf(sort: ListInput['sort']): CertificateQuery['sort'] {
  const descending = sort.startsWith('-');
  return { by: sort.replace('-', '') as CertificateQuery['sort']['by'], descending };
}

/** `name=value`, or the name alone. */
function noteOf(text: string): CertificateQuery['metadata'] {
  const equals = text.indexOf('=');
  return equals < 0 ? { name: text } : { name: text.slice(0, equals), value: text.slice(equals + 1) };
}
