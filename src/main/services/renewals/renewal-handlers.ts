import type { DueRenewal } from '../../../shared/operations/renewals.ts';
import type { DueRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { calendarOf } from './calendar-file.ts';

const dayMs = 86_400_000;
const mostEntries = 2_000;

interface Asked {
  readonly realm?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const iso = (ms: number) => new Date(ms).toISOString();

async function spanOf(rooms: Rooms, { realm, from, to }: Asked, { principal }: Context) {
  const begin = from === undefined ? rooms.clock().getTime() : Date.parse(from);
  const end = to === undefined ? begin + 365 * dayMs : Date.parse(to);
  return { realmIds: await rooms.realms.scope(principal, realm), from: begin, to: end };
}

async function presenter(rooms: Rooms): Promise<(row: DueRow) => DueRenewal> {
  const slugs = await rooms.realms.slugs();
  return ({
    orderId,
    certificateId,
    realmId,
    commonName,
    dueAt,
    isAutomatic,
    notAfter,
    attempts,
    lastError,
  }) => ({
    orderId,
    certificateId,
    realm: slugs.get(realmId) ?? '',
    commonName,
    dueAt: iso(dueAt),
    isAutomatic: isAutomatic === 1,
    notAfter: iso(notAfter),
    attempts,
    lastError,
  });
}

export const renewalHandlers = (rooms: Rooms) =>
  handlersFor('renewals')({
    'renewals.list': async (input, context) => {
      const { cursor, limit, search } = input;
      const page = await rooms.store.renewals.list({
        ...(await spanOf(rooms, input, context)),
        cursor,
        limit,
        search,
      });
      return { ...page, items: page.items.map(await presenter(rooms)) };
    },

    'renewals.days': async (input, context) => {
      const rows = await rooms.store.renewals.days(await spanOf(rooms, input, context));
      const items = [...Map.groupBy(rows, ({ day }) => day)].map(([day, counts]) => {
        const count = (isAutomatic: number) =>
          counts.find((one) => one.isAutomatic === isAutomatic)?.count ?? 0;
        return { day: iso(day * dayMs).slice(0, 10), automatic: count(1), manual: count(0) };
      });
      return { items };
    },

    'renewals.calendar': async (input, context) => {
      const span = await spanOf(rooms, input, context);
      const { items } = await rooms.store.renewals.list({ ...span, limit: mostEntries });
      const text = calendarOf(items.map(await presenter(rooms)), rooms.clock());
      return {
        fileName: 'renewals.ics',
        mediaType: 'text/calendar',
        contentBase64: Buffer.from(text).toString('base64'),
      };
    },
  });
