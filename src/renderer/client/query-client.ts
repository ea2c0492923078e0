/** The cache of answers, and what every failure does to the session: 401 ends it, LOCKED shows the lock. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';
import { setSessionToken } from './session-token.ts';

/** Whether a failed read is worth another try: only where the service did not decide. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiProblem && error.code === 'UNREACHABLE';
}

/** The client of one window. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    if (!(error instanceof ApiProblem)) return;
    if (error.endsSession) setSessionToken(null);
    if (error.code === 'LOCKED' || error.code === 'NOT_INITIALISED') {
      void client.invalidateQueries({ queryKey: ['vault.show'] });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: shouldRetry, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  return client;
}
