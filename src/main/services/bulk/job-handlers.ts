import { ChanceryError } from '../../../shared/errors.ts';
import type { Job as JobAnswer, resultFormats } from '../../../shared/operations/jobs.ts';
import type { Job } from '../../jobs/index.ts';
import { handlersFor } from '../handlers.ts';
import { answerOwner } from '../kept-answers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';

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

const known = (job: Job | undefined, id: string): Job => {
  if (job) return job;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: `You have no job '${id}'.` });
};

export const jobHandlers = ({ jobs }: Rooms) =>
  handlersFor('jobs')({
    'jobs.list': async (input, { principal }) => {
      const all = jobs.list(answerOwner(principal)).map(presentJob);
      return sliceToPage(all, input, ({ kind, state, startedBy }) => [kind, state, startedBy]);
    },

    'jobs.show': async ({ id }, { principal }) =>
      presentJob(known(jobs.find(answerOwner(principal), id), id)),

    'jobs.cancel': async ({ id }, { principal }) =>
      presentJob(known(jobs.cancel(answerOwner(principal), id), id)),

    'jobs.result': async ({ id, format }, { principal }) => {
      const job = known(jobs.find(answerOwner(principal), id), id);
      const file = job.files.get(format);
      if (file) {
        const { fileName, mediaType } = file;
        return { fileName, mediaType, contentBase64: Buffer.from(file.content()).toString('base64') };
      }
      throw new ChanceryError({
        code: 'CONFLICT',
        detail:
          job.state === 'running'
            ? 'The job still runs.'
            : `The job has left no ${format.toUpperCase()} file.`,
      });
    },
  });
