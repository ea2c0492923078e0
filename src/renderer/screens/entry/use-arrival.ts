/** How a window gets its first session: by the ticket of the start-up line, or as owner in the desktop. */
import { useCallback, useEffect, useState } from 'react';
import { onTicket, takeTicket } from '../../client/address-ticket.ts';
import { ApiProblem } from '../../client/api-problem.ts';
import { call } from '../../client/call.ts';
import { returnFromProvider } from '../../client/external-sign-in.ts';
import { sessionToken, setSessionToken } from '../../client/session-token.ts';

/** Whether this window is the desktop's, whose owner needs no password while no operator exists. */
export const isDesktop = window.location.protocol === 'chancery:';

interface Arrival {
  readonly done: boolean;
  /** Why the ticket was not accepted. */
  readonly error: ApiProblem | null;
}

async function openSession(): Promise<ApiProblem | null> {
  try {
    const returned = await returnFromProvider();
    if (returned !== null) {
      setSessionToken(returned.token);
      return null;
    }
  } catch (error) {
    return problemOnly(error);
  }
  const ticket = takeTicket();
  try {
    if (ticket !== null) setSessionToken((await call('sessions.redeem', { ticket })).token);
    else if (isDesktop && sessionToken() === null) setSessionToken((await call('sessions.enter', {})).token);
    return null;
  } catch (error) {
    // Where operators exist the owner signs in like everyone; that is no error to tell of.
    const problem = problemOnly(error);
    return ticket === null ? null : problem;
  }
}

function problemOnly(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  throw error;
}

let first: Promise<ApiProblem | null> | undefined;

export function useArrival(): Arrival {
  const [arrival, setArrival] = useState<Arrival>({ done: false, error: null });
  const settle = useCallback((opening: Promise<ApiProblem | null>) => {
    void opening.then((error) => setArrival({ done: true, error }));
  }, []);
  useEffect(() => {
    // React runs effects twice in development; the ticket works once.
    first ??= openSession();
    settle(first);
    return onTicket(() => settle(openSession()));
  }, [settle]);
  return arrival;
}
