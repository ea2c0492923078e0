import { ChanceryError } from '../../../shared/errors.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { createDestination, eventOf, newSigningSecret, updateDestination } from './change-destination.ts';
import {
  destinationPresenter,
  knownDestination,
  noSuchDestination,
  requireDestination,
  seesDestination,
} from './present-destination.ts';

export const alertDestinationHandlers = (rooms: Rooms) =>
  handlersFor('alert-destinations')({
    'alert-destinations.list': async (input, { principal }) => {
      const present = await destinationPresenter(rooms);
      const all = (await rooms.store.alertDestinations.list())
        .map(knownDestination)
        .filter((known) => seesDestination(principal, known))
        .map(present);
      return sliceToPage(all, input, ({ name, url, host }) => [name, url ?? '', host ?? '']);
    },

    'alert-destinations.create': (input, context) => createDestination(rooms, input, context),
    'alert-destinations.update': (input, context) => updateDestination(rooms, input, context),

    'alert-destinations.reset-secret': async ({ id }, context) => {
      const known = await requireDestination(rooms, context, id);
      if (known.row.kind !== 'webhook')
        throw new ChanceryError({ code: 'CONFLICT', detail: 'Only a webhook has a signing secret.' });
      const { sealed, signingSecret } = newSigningSecret(rooms, id);
      const statements = [rooms.store.alertDestinations.update(id, { sealed }, noSuchDestination(id))];
      const event = eventOf('alert-destination.secret-reset', known);
      return finish(rooms, context, { statements, event }, { signingSecret });
    },

    'alert-destinations.delete': async ({ id }, context) => {
      const known = await requireDestination(rooms, context, id);
      const { alertDestinations, alerts } = rooms.store;
      const subject = { subjectKind: 'destination', subjectId: id } as const;
      const statements = [
        alerts.resolveOthers(subject, [], rooms.clock().getTime()),
        alertDestinations.delete(id, noSuchDestination(id)),
      ];
      return finish(rooms, context, { statements, event: eventOf('alert-destination.deleted', known) }, {});
    },

    'alert-destinations.test': async ({ id }, context) => {
      const known = await requireDestination(rooms, context, id);
      const begun = performance.now();
      const { ok, detail } = await rooms.outlet.test(known, context.signal);
      const answer = { ok, detail, tookMs: Math.round(performance.now() - begun) };
      const event = { ...eventOf('alert-destination.tested', known), detail: { ok, detail } };
      return finish(rooms, context, { statements: [], event }, answer);
    },
  });
