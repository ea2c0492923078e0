import type { Job as JobAnswer } from '../../../shared/operations/jobs.ts';
import type { JobWork } from '../../jobs/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { answerOwner } from '../kept-answers.ts';
import type { Rooms } from '../rooms.ts';
import { presentJob } from './job-handlers.ts';

export interface JobPlan {
  readonly kind: string;
  readonly isDryRun: boolean;
  readonly realmId: string | null;
  /** For the audit: what it is about. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Starts a job of the caller and answers what it looks like at its beginning; start and end are in the audit. Each
 * thing that the job does has its own audit event too. Throws RATE_LIMITED.
 */
export async function startJob(
  rooms: Rooms,
  context: Context,
  plan: JobPlan,
  run: (work: JobWork, context: Context) => Promise<void>,
): Promise<JobAnswer> {
  const { kind, isDryRun, realmId, detail } = plan;
  const owner = answerOwner(context.principal);
  // The answer that can be repeated is the job, not what it does.
  const inJob: Context = { ...context, idempotency: null };
  const job = rooms.jobs.start({ kind, owner, startedBy: context.principal.name, isDryRun }, async (work) => {
    try {
      await run(work, inJob);
    } finally {
      await record(inJob, 'job.ended', {
        done: job.done,
        failed: job.failed,
        isCancelled: work.signal.aborted,
      });
    }
  });
  const record = (by: Context, type: string, facts: object) => {
    const subject = { kind: 'job', id: job.id, name: kind };
    const event = { type, realm: realmId, subject, detail: { dryRun: isDryRun, ...facts } };
    return finish(rooms, by, { statements: [], event }, presentJob(job));
  };
  try {
    return await record(context, 'job.started', detail);
  } catch (error) {
    rooms.jobs.cancel(owner, job.id);
    throw error;
  }
}
