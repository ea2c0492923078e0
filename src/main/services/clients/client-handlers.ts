import { decodeOffset } from '../../store/index.ts';
import { asLister } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import { explainAccess } from '../roles/explain-access.ts';
import type { Rooms } from '../rooms.ts';
import { clientGrants } from '../tokens/token-principal.ts';
import { addClientCertificate, removeClientCertificate } from './certificate-credentials.ts';
import { createClient, setClientEnabled, updateClient } from './change-client.ts';
import { clientEvent } from './client-event.ts';
import { resetSecret } from './client-secrets.ts';
import { clientPresenter } from './present-client.ts';
import { clientRealms, requireClient, requireVisibleClient, visibleClientId } from './require-client.ts';

export const clientHandlers = (rooms: Rooms) =>
  handlersFor('clients')({
    'clients.list': async (input, context) => {
      const principal = asLister(context.principal);
      const scope = await rooms.realms.scope(principal, input.realm);
      const realmIds = input.realm === undefined ? clientRealms(principal, scope) : scope;
      const search = input.search?.trim() || undefined;
      const offset = input.cursor === undefined ? 0 : decodeOffset(input.cursor);
      const id = visibleClientId(principal);
      const page = await rooms.store.clients.list({ realmIds, id, search, limit: input.limit, offset });
      const present = await clientPresenter(rooms, context, search);
      return { ...page, items: await Promise.all(page.items.map(present)) };
    },

    'clients.show': async ({ id }, context) =>
      (await clientPresenter(rooms, context))(await requireVisibleClient(rooms, context, id)),

    'clients.access': async ({ id }, context) => {
      const row = await requireVisibleClient(rooms, context, id);
      const who = { kind: 'client', id: row.id, name: row.clientId } as const;
      const grants = await clientGrants(rooms, row);
      return explainAccess(rooms, context.principal, who, grants, row.enabled === 0);
    },

    'clients.create': (input, context) => createClient(rooms, input, context),
    'clients.update': (input, context) => updateClient(rooms, input, context),
    'clients.enable': ({ id }, context) => setClientEnabled(rooms, id, true, context),
    'clients.disable': ({ id }, context) => setClientEnabled(rooms, id, false, context),
    'clients.reset-secret': (input, context) => resetSecret(rooms, input, context),
    'clients.add-certificate': (input, context) => addClientCertificate(rooms, input, context),
    'clients.remove-certificate': (input, context) => removeClientCertificate(rooms, input, context),

    'clients.delete': async ({ id }, context) => {
      const row = await requireClient(rooms, context, id);
      const statements = [rooms.store.clients.delete(row.id)];
      return finish(rooms, context, { statements, event: clientEvent('client.deleted', row) }, {});
    },
  });
