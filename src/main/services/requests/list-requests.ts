import type { RequestSummary } from '../../../shared/model/request.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Page } from '../../store/index.ts';
import { asLister, type Context, onlyOwn } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { requestPresenter } from './present-request.ts';

/** Of requests that wait, how many are looked through for those that await somebody. */
const mostWaiting = 5_000;

/** The requests that the caller may see, the newest first. */
export async function listRequests(
  rooms: Rooms,
  input: ParsedInput<'requests.list'>,
  { principal }: Context,
): Promise<Page<RequestSummary>> {
  const { mine, awaitsMe, realm, ...query } = input;
  const requester =
    mine || onlyOwn(principal) ? { requestedByKind: principal.kind, requestedById: principal.id } : undefined;
  const wanted = { ...query, requester, realmIds: await rooms.realms.scope(asLister(principal), realm) };
  const present = await requestPresenter(rooms, principal);
  const presented = async (page: Parameters<typeof rooms.store.requests.list>[0]) => {
    const found = await rooms.store.requests.list(page);
    const decisions = await rooms.store.requests.decisions(found.items.map(({ id }) => id));
    return { ...found, items: found.items.map((row) => present(row, decisions.get(row.id) ?? [])) };
  };
  if (!awaitsMe) return presented(wanted);
  // Whom a request awaits follows from its steps and decisions, and few requests wait at a time.
  const all = await presented({
    ...wanted,
    status: 'pending_approval',
    cursor: undefined,
    limit: mostWaiting,
  });
  const items = all.items.filter((one) => one.awaitsMe);
  return sliceToPage(items, { ...query, search: undefined }, () => []);
}
