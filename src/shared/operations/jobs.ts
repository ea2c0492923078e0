/** Jobs: long work that answers at once and goes on. */
import { z } from 'zod';
import { FileContent, Id, pageOf, pageQuery, Timestamp } from '../model/basics.ts';
import { operation } from './operation.ts';

export const JobProblem = z.strictObject({
  row: z.int().nullable().describe('Line of the file, from 1'),
  column: z.string().nullable(),
  message: z.string(),
});
export type JobProblem = z.infer<typeof JobProblem>;

export const resultFormats = ['csv', 'zip'] as const;

export const Job = z
  .strictObject({
    id: Id,
    kind: z.string().describe('Id of the operation that started it'),
    state: z
      .enum(['running', 'done', 'failed', 'cancelled', 'interrupted'])
      .describe('interrupted: by the end of its process; jobs.resume goes on'),
    isCancelling: z.boolean(),
    dryRun: z.boolean(),
    total: z.int(),
    done: z.int().describe('How many are behind it, the failed ones among them'),
    failed: z.int(),
    problems: z.array(JobProblem).describe('The first thousand'),
    problemCount: z.int(),
    error: z.string().nullable().describe('Why it failed as a whole'),
    results: z.array(z.enum(resultFormats)).describe('What jobs.result can give'),
    startedBy: z.string(),
    startedAt: Timestamp,
    endedAt: Timestamp.nullable(),
  })
  .meta({
    id: 'Job',
    description:
      'Long work; poll it, cancel it, or go on with it. It is forgotten a day after its end, and a week after its beginning where it was interrupted.',
  });
export type Job = z.infer<typeof Job>;

export const listJobs = operation({
  id: 'jobs.list',
  summary: 'List your own jobs, the newest first',
  method: 'GET',
  path: '/jobs',
  input: z.strictObject(pageQuery),
  output: pageOf(Job),
  errors: [],
  permission: 'signed-in',
  risk: 'none',
});

export const getJob = operation({
  id: 'jobs.show',
  summary: 'Show how far a job is',
  method: 'GET',
  path: '/jobs/{id}',
  input: z.strictObject({ id: Id }),
  output: Job,
  errors: ['NOT_FOUND'],
  permission: 'signed-in',
  risk: 'none',
});

export const cancelJob = operation({
  id: 'jobs.cancel',
  summary: 'Cancel a job',
  description: 'What is under way is finished first, and what it has done stays done.',
  method: 'POST',
  path: '/jobs/{id}/cancel',
  input: z.strictObject({ id: Id }),
  output: Job,
  errors: ['NOT_FOUND'],
  permission: 'signed-in',
  risk: 'none',
});

export const resumeJob = operation({
  id: 'jobs.resume',
  summary: 'Go on with a job that was interrupted, cancelled or failed',
  description: 'What it has done stays done, and is not done again; not after a dry run, which does nothing.',
  method: 'POST',
  path: '/jobs/{id}/resume',
  input: z.strictObject({ id: Id }),
  output: Job,
  status: 202,
  errors: ['NOT_FOUND', 'CONFLICT', 'RATE_LIMITED'],
  permission: 'signed-in',
  risk: 'change',
  audit: 'job.resumed',
});

export const getJobResult = operation({
  id: 'jobs.result',
  summary: 'Download what a job has left',
  description:
    'A CSV with a line for each, or a ZIP of that with the certificates and, where asked for, keys.',
  method: 'GET',
  path: '/jobs/{id}/result',
  input: z.strictObject({ id: Id, format: z.enum(resultFormats).default('csv') }),
  output: FileContent,
  errors: ['NOT_FOUND', 'CONFLICT'],
  permission: 'signed-in',
  risk: 'none',
});

export const jobOperations = [listJobs, getJob, cancelJob, resumeJob, getJobResult] as const;
