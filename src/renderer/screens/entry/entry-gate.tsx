/**
 * What stands before the screens: no vault yet, a locked vault, nobody signed in. The address is left alone, so
 * that a link opens its screen once the gate is passed.
 */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { asProblem } from '../../client/api-problem.ts';
import { useOperation } from '../../client/queries.ts';
import { onSessionTokenChange, sessionToken } from '../../client/session-token.ts';
import { FirstRun } from './first-run.tsx';
import { onFirstRunChange, runningFirstRun } from './first-run-state.ts';
import { SignIn } from './sign-in.tsx';
import { Splash } from './splash.tsx';
import { Unlock } from './unlock.tsx';
import { Unreachable } from './unreachable.tsx';
import { useArrival } from './use-arrival.ts';

export function EntryGate({ children }: { readonly children: ReactNode }) {
  const queryClient = useQueryClient();
  const token = useSyncExternalStore(onSessionTokenChange, sessionToken);
  const firstRun = useSyncExternalStore(onFirstRunChange, runningFirstRun);
  const arrival = useArrival();
  const vault = useOperation('vault.show', {}, { enabled: arrival.done });
  const whoami = useOperation('sessions.whoami', {}, { enabled: arrival.done });

  const lastToken = useRef(token);
  useEffect(() => {
    if (lastToken.current === token) return;
    lastToken.current = token;
    // Another person, other answers: nothing of the last session stays.
    void queryClient.resetQueries();
  }, [token, queryClient]);

  if (!arrival.done) return <Splash />;
  if (vault.data === undefined) {
    if (vault.error === null) return <Splash />;
    return <Unreachable error={asProblem(vault.error)} onRetry={() => void vault.refetch()} />;
  }
  const isNew = vault.data.state === 'uninitialised';
  if (token !== null && (isNew || firstRun)) return <FirstRun vault={vault.data} />;
  if (vault.data.state === 'locked') return <Unlock vault={vault.data} />;
  if (token === null) {
    return <SignIn ownerMayEnter={whoami.data?.ownerMayEnter ?? false} isNew={isNew} error={arrival.error} />;
  }
  if (whoami.data === undefined) return <Splash />;
  return children;
}
