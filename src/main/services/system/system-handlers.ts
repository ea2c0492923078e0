import type { AuditEvent, Overview } from '../../../shared/operations/system.ts';
import { check } from '../alerts/check.ts';
import { wholePart } from '../authorities/crl-parts.ts';
import { clientRealms, visibleClientId } from '../clients/require-client.ts';
import { asLister, type Context, mayAnywhere, narrowTo } from '../context.ts';
import { type Handlers, handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { doctor } from './doctor.ts';
import { quickstart } from './quickstart.ts';

const dayMs = 86_400_000;
const weeks = 12;

async function overview(rooms: Rooms, { principal }: Context): Promise<Overview> {
  const { store } = rooms;
  const realmIds = await rooms.realms.scope(principal);
  const now = rooms.clock().getTime();
  const midnight = Math.floor(now / dayMs) * dayMs;
  const count = (status: 'valid' | 'expired' | 'revoked', notAfterBefore?: number) =>
    store.certificates.count({
      realmIds,
      status,
      isArchived: false,
      now,
      ...(notAfterBefore !== undefined && { notAfterBefore }),
    });
  const expiry: Overview['expiry'] = [];
  let before = await count('valid', midnight);
  for (let week = 0; week < weeks; week += 1) {
    const from = midnight + week * 7 * dayMs;
    const to = from + 7 * dayMs;
    const until = await count('valid', to);
    expiry.push({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      count: until - before,
    });
    before = until;
  }
  const issuers = await rooms.authorities.all();
  const visible = [...issuers.values()].filter(({ row }) => realmIds.includes(row.realmId));
  const crls = (await store.crls.summaries())
    .filter(({ part }) => part === wholePart)
    .filter((crl) => visible.some(({ row }) => row.id === crl.authorityId))
    .sort((a, b) => a.nextUpdate - b.nextUpdate)
    .slice(0, 5);
  const may = (permission: 'clients.read' | 'pending.read') => mayAnywhere(principal, permission);
  const none = { total: 0 };
  const clientReader = asLister(narrowTo(principal, 'clients.read'));
  const pendingReader = narrowTo(principal, 'pending.read');
  const ownClients = {
    realmIds: clientRealms(clientReader, await rooms.realms.scope(clientReader)),
    id: visibleClientId(clientReader),
    limit: 1,
    offset: 0,
  };
  return {
    certificates: {
      valid: await count('valid'),
      expired: await count('expired'),
      revoked: await count('revoked'),
      expiringIn7Days: await count('valid', now + 7 * dayMs),
      expiringIn30Days: await count('valid', now + 30 * dayMs),
    },
    expiry,
    authorities: visible.filter(({ row }) => row.successorId === null).length,
    clients: (may('clients.read') ? await store.clients.list(ownClients) : none).total,
    pending: (may('pending.read')
      ? await store.pending.waiting({ realmIds: await rooms.realms.scope(pendingReader), limit: 1 })
      : none
    ).total,
    profiles: (await store.policies.profiles(realmIds)).length,
    crls: crls.map((crl) => ({
      authority: issuers.get(crl.authorityId)?.row.slug ?? '',
      nextUpdate: new Date(crl.nextUpdate).toISOString(),
    })),
  };
}

export const systemHandlers = (
  rooms: Rooms,
  handlers: Pick<Handlers, 'realms.create' | 'authorities.create' | 'policies.create' | 'profiles.create'>,
) => {
  let last: Promise<unknown> = Promise.resolve();
  return handlersFor('system')({
    'system.quickstart': (_input, context) => {
      // Two at once would make the same things: the second begins when the first has ended, and finds them made.
      const run = last.then(() => quickstart(rooms, handlers, context));
      last = run.catch(() => undefined);
      return run;
    },
    'system.overview': (_input, context) => overview(rooms, context),
    'system.check': (input, context) => check(rooms, input, context),
    'system.doctor': ({ keys }) => doctor(rooms, keys),
    'system.health': async () => {
      const { state } = await rooms.vault.status();
      return { status: state === 'open' ? 'ok' : state, version: rooms.version };
    },
  });
};

export const auditHandlers = (rooms: Rooms) =>
  handlersFor('audit')({
    'audit.list': async (input, { principal }) => {
      const realmIds = principal.realms === 'all' ? null : principal.realms;
      const page = await rooms.store.installation.audit({ ...input, realmIds });
      return {
        ...page,
        items: page.items.map((row) => ({
          index: row.leafIndex,
          ...(JSON.parse(row.event) as Omit<AuditEvent, 'index'>),
        })),
      };
    },
  });
