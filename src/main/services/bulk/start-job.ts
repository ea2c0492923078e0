import type { Job as JobAnswer } from '../../../shared/operations/jobs.ts';
import { newId } from '../../crypto/index.ts';
import type { Job, JobWork } from '../../jobs/index.ts';
import type { Statement } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { answerOwner } from '../kept-answers.ts';
import type { Rooms } from '../rooms.ts';
import { JobItems } from './job-items.ts';
import { presentJob } from './present-job.ts';

export interface JobPlan {
  readonly kind: string;
  readonly isDryRun: boolean;
  readonly realmId: string | null;
  /** For the audit: what it is about. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** How many things it is to do. */
  readonly total: number;
  /** What it needs to go on after its process has ended, with nothing in it that could mean something else by then. */
  readonly input: object;
}

/** A job of before that goes on, or whose result alone is made again. */
export interface JobAgain {
  readonly id: string;
  readonly startedAt: Date;
  readonly goesOn: boolean;
}

/** What the input of a job is sealed for. */
export const jobPurpose = (id: string) => `job:${id}`;

/**
 * Starts a job of the caller and answers what it looks like at its beginning; start and end are in the audit. Each
 * thing that the job does has its own audit event too, and is done once, however often the job goes on. A dry run is
 * kept nowhere. Throws RATE_LIMITED.
 */
export async function startJob(
  rooms: Rooms,
  context: Context,
  plan: JobPlan,
  run: (work: JobWork, items: JobItems) => Promise<void>,
  again?: JobAgain,
): Promise<JobAnswer> {
  const { kind, isDryRun, realmId, detail } = plan;
  const owner = answerOwner(context.principal);
  // The answer that can be repeated is the job, not what it does.
  const inJob: Context = { ...context, idempotency: null };
  const now = rooms.clock();
  const { id, startedAt } = again ?? { id: newId(now), startedAt: now };
  const items = new JobItems(rooms, inJob, { id, isDryRun, isAgain: again !== undefined });
  const record = (by: Context, type: string, shown: Job, facts: object, statements: readonly Statement[]) => {
    const subject = { kind: 'job', id, name: kind };
    const event = { type, realm: realmId, subject, detail: { dryRun: isDryRun, ...facts } };
    return finish(rooms, by, { statements, event }, presentJob(shown));
  };
  const onEnd = async (ended: Job) => {
    const { state, total, done, failed, error, endedAt } = ended;
    const outcome = {
      state,
      total,
      failed,
      error: error?.detail ?? null,
      endedAt: endedAt?.getTime() ?? null,
    };
    const facts = { state, done, failed };
    await record(inJob, 'job.ended', ended, facts, isDryRun ? [] : [rooms.store.jobs.change(id, outcome)]);
  };
  const fields = { kind, owner, startedBy: context.principal.name, isDryRun };
  const isSilent = again !== undefined && !again.goesOn;
  const job = rooms.jobs.start(
    { ...fields, id, startedAt, isOver: isSilent, ...(!isSilent && { onEnd }) },
    (work) => run(work, items),
  );
  if (isSilent) return presentJob(job);
  const outcome = { state: 'running', total: plan.total, failed: 0, error: null, endedAt: null } as const;
  const row = () => {
    const sealed = rooms.vault.seal(jobPurpose(id), Buffer.from(JSON.stringify(plan.input)));
    const { startedBy } = fields;
    return { id, kind, owner, startedBy, startedAt: startedAt.getTime(), ...outcome, sealed };
  };
  try {
    if (again)
      return await record(context, 'job.resumed', job, detail, [rooms.store.jobs.change(id, outcome)]);
    return await record(
      context,
      'job.started',
      job,
      detail,
      isDryRun ? [] : [rooms.store.jobs.insert(row())],
    );
  } catch (error) {
    rooms.jobs.cancel(owner, id);
    throw error;
  }
}
