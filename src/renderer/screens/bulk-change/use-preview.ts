/** Asks by a dry run what a change of many would come to; it is asked again when the question changes. */
import { useEffect, useState } from 'react';
import type { Input } from '../../../shared/operations/index.ts';
import type { Job } from '../../../shared/operations/jobs.ts';
import { call } from '../../client/call.ts';
import { useJob } from '../jobs/use-job.ts';

export type BulkChange = 'certificates.revoke-bulk' | 'certificates.renew-bulk';
/** Ids, or what the list is narrowed by. */
export type BulkChoice = Pick<
  Input<BulkChange>,
  'ids' | 'search' | 'query' | 'status' | 'authority' | 'profile' | 'origin'
>;

interface Preview {
  /** Undefined until the dry run is over. */
  readonly looked: Job | undefined;
  readonly error: unknown;
}

export function usePreview(id: BulkChange, input: Input<BulkChange>): Preview {
  const [asked, setAsked] = useState<{ readonly key: string; readonly id: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const key = JSON.stringify(input);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let started: string | undefined;
    setError(null);
    call(id, { ...(JSON.parse(key) as Input<BulkChange>), dryRun: true }, { signal }).then(
      (job) => {
        started = job.id;
        if (signal.aborted) void call('jobs.cancel', { id: job.id });
        else setAsked({ key, id: job.id });
      },
      (reason: unknown) => (signal.aborted ? undefined : setError(reason)),
    );
    return () => {
      controller.abort();
      // Nobody waits for its answer any more.
      if (started !== undefined) void call('jobs.cancel', { id: started }).catch(() => undefined);
    };
  }, [id, key]);
  const isCurrent = asked?.key === key;
  const { job, error: jobError } = useJob(isCurrent ? asked.id : null);
  return {
    looked: isCurrent && job !== undefined && job.state !== 'running' ? job : undefined,
    error: error ?? jobError,
  };
}
