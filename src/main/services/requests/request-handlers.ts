import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { cancelRequest } from './cancel-request.ts';
import { collectRequest } from './collect-request.ts';
import { completeRequest } from './complete-request.ts';
import { approveRequest, rejectRequest } from './decide-request.ts';
import { listRequests } from './list-requests.ts';
import { presentRequest } from './present-request.ts';
import { requestCsr, requestExternal } from './request-external.ts';
import { requireRequest } from './require-request.ts';

export const requestHandlers = (rooms: Rooms) =>
  handlersFor('requests')({
    'requests.list': (input, context) => listRequests(rooms, input, context),
    'requests.show': async ({ id }, context) =>
      presentRequest(rooms, await requireRequest(rooms, context, id), context.principal),
    'requests.create': (input, context) => requestExternal(rooms, input, context),
    'requests.csr': (input, context) => requestCsr(rooms, input, context),
    'requests.complete': (input, context) => completeRequest(rooms, input, context),
    'requests.approve': (input, context) => approveRequest(rooms, input, context),
    'requests.reject': (input, context) => rejectRequest(rooms, input, context),
    'requests.cancel': (input, context) => cancelRequest(rooms, input, context),
    'requests.collect': (input, context) => collectRequest(rooms, input, context),
  });
