import { ChanceryError } from '../../../shared/errors.ts';
import { certificatePresenter } from '../certificates/present-certificate.ts';
import { reaches } from '../context.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { lineFrom } from './order-line.ts';
import { presentRenewal } from './renewal-settings.ts';

export const orderHandlers = (rooms: Rooms) =>
  handlersFor('orders')({
    'orders.show': async ({ id }, { principal }) => {
      // An order has the id of its first certificate.
      const first = await rooms.store.certificates.find(id);
      if (!first || first.orderId !== id || first.isAuthority === 1 || !reaches(principal, first.realmId)) {
        throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no order '${id}'.` });
      }
      const line = await lineFrom(rooms, first);
      const [newest = first] = line;
      const present = await certificatePresenter(rooms);
      const profile = newest.profileId === null ? undefined : await rooms.profiles.byId(newest.profileId);
      const summary = present(newest);
      return {
        id,
        realm: summary.realm,
        commonName: newest.commonName,
        newest: summary,
        certificates: line.map(present),
        renewal: presentRenewal(rooms.store.renewals.find(id), profile, newest),
      };
    },
  });
