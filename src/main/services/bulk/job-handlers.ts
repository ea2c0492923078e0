import { ChanceryError } from '../../../shared/errors.ts';
import { handlersFor } from '../handlers.ts';
import { answerOwner } from '../kept-answers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { jobWithFiles, listJobs, resumeJob, showJob } from './known-jobs.ts';
import { presentJob } from './present-job.ts';

export const jobHandlers = (rooms: Rooms) =>
  handlersFor('jobs')({
    'jobs.list': async (input, context) =>
      sliceToPage(await listJobs(rooms, context), input, ({ kind, state, startedBy }) => [
        kind,
        state,
        startedBy,
      ]),

    'jobs.show': ({ id }, context) => showJob(rooms, context, id),

    'jobs.cancel': async ({ id }, context) => {
      const job = rooms.jobs.cancel(answerOwner(context.principal), id);
      return job ? presentJob(job) : showJob(rooms, context, id);
    },

    'jobs.resume': ({ id }, context) => resumeJob(rooms, context, id),

    'jobs.result': async ({ id, format }, context) => {
      const job = await jobWithFiles(rooms, context, id);
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
