/** How far a job is, read again and again until it has ended. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OperationId } from '../../../shared/operations/index.ts';
import { useOperation } from '../../client/queries.ts';

const refetchIntervalMs = 400;

/** What may have changed behind a job. */
const stale: readonly OperationId[] = [
  'certificates.list',
  'requests.list',
  'system.overview',
  'authorities.list',
  'audit.list',
  'jobs.list',
];

export function useJob(id: string | null) {
  const queryClient = useQueryClient();
  const { data: job, error } = useOperation(
    'jobs.show',
    { id: id ?? '' },
    { enabled: id !== null, refetchIntervalMs, refetchWhile: ({ state }) => state === 'running' },
  );
  const isOver = job !== undefined && job.state !== 'running';
  useEffect(() => {
    if (isOver) for (const one of stale) void queryClient.invalidateQueries({ queryKey: [one] });
  }, [isOver, queryClient]);
  return { job: id === null ? undefined : job, error };
}
