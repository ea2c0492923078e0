import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import type { CertificateQuery } from '../../store/index.ts';
import type { Context } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { certificatePresenter } from './present-certificate.ts';

/** A page of the certificates in the caller's realms. A filter for what is not there finds nothing. */
export async function listCertificates(
  rooms: Rooms,
  input: ParsedInput<'certificates.list'>,
  { principal }: Context,
): Promise<Output<'certificates.list'>> {
  const realmIds = await rooms.realms.scope(principal, input.realm);
  const issuers = [...(await rooms.authorities.all()).values()];
  const profiles = await rooms.store.policies.profiles(realmIds);
  const named = issuers.find(({ row }) => row.slug === input.authority || row.id === input.authority);
  // An authority that was renewed with another key has issued under each of its keys.
  const authorityIds = issuers.filter(({ row }) => row.slug === named?.row.slug).map(({ row }) => row.id);
  const profileIds = profiles
    .filter((row) => row.slug === input.profile || row.id === input.profile)
    .map((row) => row.id);
  const unknown =
    (input.authority !== undefined && authorityIds.length === 0) ||
    (input.profile !== undefined && profileIds.length === 0);
  if (unknown) return { items: [], nextCursor: null, total: 0, totalIsCapped: false };
  const page = await rooms.store.certificates.list({
    realmIds,
    search: input.search,
    status: input.status,
    authorityIds: input.authority === undefined ? undefined : authorityIds,
    profileIds: input.profile === undefined ? undefined : profileIds,
    origin: input.origin,
    sort: sortOf(input.sort),
    cursor: input.cursor,
    limit: input.limit,
    now: rooms.clock().getTime(),
  });
  return { ...page, items: page.items.map(await certificatePresenter(rooms)) };
}

function sortOf(sort: ParsedInput<'certificates.list'>['sort']): CertificateQuery['sort'] {
  const descending = sort.startsWith('-');
  return { by: sort.replace('-', '') as CertificateQuery['sort']['by'], descending };
}
