/** Waits for a job that a command has started, tells how far it is, and fetches what it leaves. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileContent } from '../../shared/model/basics.ts';
import type { AnyOperation, OperationId } from '../../shared/operations/index.ts';
import { Job } from '../../shared/operations/jobs.ts';
import type { Input } from './command-input.ts';
import { writeWhole } from './output-files.ts';
import type { Parsed } from './parse-arguments.ts';
import type { Terminal } from './terminal.ts';

type Call = (id: OperationId, input: Input) => Promise<object>;

const shortestWaitMs = 25;
const longestWaitMs = 1000;

/** Whether the operation only starts what is then waited for. */
export function startsJob({ id, output }: Pick<AnyOperation, 'id' | 'output'>): boolean {
  return output === Job && (id.startsWith('certificates.') || id === 'jobs.resume');
}

/** The job at its end, its result in the file of --out. Progress goes to stderr where a person looks on. */
export async function followJob(
  started: Job,
  call: Call,
  { values }: Parsed,
  terminal: Terminal,
): Promise<Job> {
  let job = started;
  const { id } = started;
  for (let waitMs = shortestWaitMs; job.state === 'running'; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    await sleep(waitMs);
    job = (await call('jobs.show', { id })) as Job;
    if (terminal.isInteractive) terminal.err(`\r${progressOf(job)}`);
  }
  terminal.err(`${terminal.isInteractive ? '\r' : ''}${progressOf(job)}\n`);
  for (const path of values.get('out') ?? []) {
    const format = /\.zip$/i.test(path) && job.results.includes('zip') ? 'zip' : 'csv';
    const file = (await call('jobs.result', { id, format })) as FileContent;
    await writeWhole(path, Buffer.from(file.contentBase64, 'base64'), 0o600);
    terminal.err(`Wrote ${path}\n`);
  }
  return job;
}

/** Whether everything was done, and nothing of it failed. */
export function hasGoneWell({ state, failed, problemCount }: Job): boolean {
  return state === 'done' && failed === 0 && problemCount === 0;
}

function progressOf({ done, total, failed, state }: Job): string {
  const failures = failed > 0 ? `, ${failed} failed` : '';
  return `${done} of ${total}${failures}${state === 'running' ? '' : `: ${state}`}`;
}
