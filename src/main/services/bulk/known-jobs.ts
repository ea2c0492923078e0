import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import { operationById } from '../../../shared/operations/index.ts';
import type { Job as JobAnswer } from '../../../shared/operations/jobs.ts';
import type { Job } from '../../jobs/index.ts';
import type { JobRow } from '../../store/index.ts';
import { type Context, type Principal, requirePermission } from '../context.ts';
import { answerOwner } from '../kept-answers.ts';
import type { Rooms } from '../rooms.ts';
import { renewBulk, revokeBulk } from './change-bulk.ts';
import { issueBulk } from './issue-bulk.ts';
import { presentJob } from './present-job.ts';
import { type JobAgain, jobPurpose } from './start-job.ts';

type BulkKind = 'certificates.issue-bulk' | 'certificates.renew-bulk' | 'certificates.revoke-bulk';
type StoredJob = JobRow & { readonly done: number };

/** The caller's jobs, the newest first: those of this process, and what others have left. */
export async function listJobs(rooms: Rooms, { principal }: Context): Promise<JobAnswer[]> {
  const owner = answerOwner(principal);
  const own = rooms.jobs.list(owner).map(presentJob);
  const ids = new Set(own.map(({ id }) => id));
  const stored = (await rooms.store.jobs.of(owner)).filter(({ id }) => !ids.has(id)).map(presentStored);
  return [...own, ...stored].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

/** Throws NOT_FOUND. */
export async function showJob(rooms: Rooms, { principal }: Context, id: string): Promise<JobAnswer> {
  const own = rooms.jobs.find(answerOwner(principal), id);
  return own ? presentJob(own) : presentStored(await requireStored(rooms, principal, id));
}

/** The job with its files, which are made again from what is kept where its process has ended. Throws NOT_FOUND. */
export async function jobWithFiles(rooms: Rooms, context: Context, id: string): Promise<Job> {
  const owner = answerOwner(context.principal);
  const own = rooms.jobs.find(owner, id);
  if (own) return own;
  await runAgain(rooms, context, await requireStored(rooms, context.principal, id), false);
  const job = await rooms.jobs.ended(owner, id);
  if (!job) throw noSuchJob(id);
  return job;
}

/** Goes on with what a job has not done. Throws NOT_FOUND, CONFLICT where it runs or has nothing left to do. */
export async function resumeJob(rooms: Rooms, context: Context, id: string): Promise<JobAnswer> {
  const { principal } = context;
  const { state } = await showJob(rooms, context, id);
  if (state === 'running' || state === 'done') {
    const detail = state === 'running' ? 'The job runs.' : 'The job has done all that it was to do.';
    throw new ChanceryError({ code: 'CONFLICT', detail });
  }
  const row = await requireStored(rooms, principal, id);
  requirePermission(principal, operationById(row.kind as BulkKind).permission);
  return runAgain(rooms, context, row, true);
}

function runAgain(rooms: Rooms, context: Context, row: StoredJob, goesOn: boolean): Promise<JobAnswer> {
  const text = Buffer.from(rooms.vault.open(jobPurpose(row.id), row.sealed)).toString();
  const again: JobAgain = { id: row.id, startedAt: new Date(row.startedAt), goesOn };
  const input: unknown = JSON.parse(text);
  switch (row.kind as BulkKind) {
    case 'certificates.issue-bulk':
      return issueBulk(rooms, input as ParsedInput<'certificates.issue-bulk'>, context, again);
    case 'certificates.renew-bulk':
      return renewBulk(rooms, input as ParsedInput<'certificates.renew-bulk'>, context, again);
    case 'certificates.revoke-bulk':
      return revokeBulk(rooms, input as ParsedInput<'certificates.revoke-bulk'>, context, again);
  }
}

async function requireStored(rooms: Rooms, principal: Principal, id: string): Promise<StoredJob> {
  const [row] = await rooms.store.jobs.of(answerOwner(principal), id);
  if (row) return row;
  throw noSuchJob(id);
}

export const noSuchJob = (id: string) =>
  new ChanceryError({ code: 'NOT_FOUND', detail: `You have no job '${id}'.` });

/** What its process has left of it: one that ran was interrupted by the end of that. */
function presentStored(row: StoredJob): JobAnswer {
  const { id, kind, state, done, failed, error, startedBy } = row;
  return {
    id,
    kind,
    state: state === 'running' ? 'interrupted' : state,
    isCancelling: false,
    dryRun: false,
    total: Math.max(row.total, done + failed),
    done: done + failed,
    failed,
    problems: [],
    problemCount: 0,
    error,
    results: done > 0 && kind !== 'certificates.revoke-bulk' ? ['csv', 'zip'] : ['csv'],
    startedBy,
    startedAt: new Date(row.startedAt).toISOString(),
    endedAt: row.endedAt === null ? null : new Date(row.endedAt).toISOString(),
  };
}
