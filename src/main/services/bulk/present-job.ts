import type { Job as JobAnswer, resultFormats } from '../../../shared/operations/jobs.ts';
import type { Job } from '../../jobs/index.ts';

/** As its owner sees it. */
export function presentJob(job: Job): JobAnswer {
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    isCancelling: job.isCancelling,
    dryRun: job.isDryRun,
    total: job.total,
    done: job.done,
    failed: job.failed,
    problems: job.problems.map((problem) => ({ ...problem })),
    problemCount: job.problemCount,
    error: job.error?.detail ?? null,
    results: [...job.files.keys()] as (typeof resultFormats)[number][],
    startedBy: job.startedBy,
    startedAt: job.startedAt.toISOString(),
    endedAt: job.endedAt?.toISOString() ?? null,
  };
}
