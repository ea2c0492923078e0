/**
 * Long work that answers at once and goes on: it tells how far it is, can be cancelled, and leaves files for a
 * while. Its invariant: a job ends in exactly one of done, failed, cancelled and interrupted (by the end of the
 * process), and closing waits for all of them. What does not belong: what they do, and what outlives the process
 * (services/).
 */
import { ChanceryError } from '../../shared/errors.ts';
import { newId } from '../crypto/index.ts';

export interface JobProblem {
  /** Of a file, from 1; null where it is about none in particular. */
  readonly row: number | null;
  readonly column: string | null;
  readonly message: string;
}

export interface JobFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: () => Uint8Array;
}

export interface Job {
  readonly id: string;
  readonly kind: string;
  /** Who may see it. */
  readonly owner: string;
  readonly startedBy: string;
  readonly isDryRun: boolean;
  readonly startedAt: Date;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  readonly isCancelling: boolean;
  readonly total: number;
  /** How many are behind it, the failed ones among them. */
  readonly done: number;
  readonly failed: number;
  /** The first of them; `problemCount` is how many there are. */
  readonly problems: readonly JobProblem[];
  readonly problemCount: number;
  /** Why it failed as a whole. */
  readonly error: ChanceryError | null;
  readonly endedAt: Date | null;
  readonly files: ReadonlyMap<string, JobFile>;
}

type Changing<T> = { -readonly [Key in keyof T]: T[Key] };

/** What the work tells, and is told. */
export interface JobWork {
  /** Aborted when the job is to end early. */
  readonly signal: AbortSignal;
  /** From now on so many in all, some of which are behind it already. */
  expect(total: number, done?: number): void;
  /** One more is behind it. */
  step(hasFailed: boolean): void;
  problem(problem: JobProblem): void;
  leave(format: string, file: JobFile): void;
}

export interface JobFields {
  readonly kind: string;
  readonly owner: string;
  readonly startedBy: string;
  readonly isDryRun: boolean;
  /** What it is known by; one that goes on keeps both. */
  readonly id?: string;
  readonly startedAt?: Date;
  /** It ends at once as interrupted, and only leaves again what it has. */
  readonly isOver?: boolean;
  /** Called once it has ended, before anyone who waits for the end is told. */
  readonly onEnd?: (job: Job) => Promise<void>;
}

/** Why a job ends that nobody has cancelled. */
const endOfProcess = 'end of process';
const mostProblems = 1000;
/** Of an owner at once: more would only take turns. */
const mostRunning = 4;
/** Ended ones of an owner that are kept, with their files: nobody pushes out what is another's. */
const mostKept = 20;
const keptMs = 24 * 3_600_000;

interface Running {
  readonly job: Changing<Job>;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export class Jobs {
  readonly #clock: () => Date;
  readonly #log: (line: string) => void;
  readonly #jobs = new Map<string, Running>();

  constructor(clock: () => Date, log: (line: string) => void) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Begins the work after this turn of the event loop. Throws RATE_LIMITED where the owner has several running. */
  start(fields: JobFields, work: (work: JobWork) => Promise<void>): Job {
    this.#forgetOld();
    const running = this.#of(fields.owner).filter(({ job }) => job.state === 'running');
    if (running.some(({ job }) => job.id === fields.id))
      throw new ChanceryError({ code: 'CONFLICT', detail: 'The job runs already.' });
    if (running.length >= mostRunning) {
      throw new ChanceryError({
        code: 'RATE_LIMITED',
        detail: `${running.length} jobs are running already.`,
        hint: 'Wait for one to end, or cancel one.',
      });
    }
    const { isOver, onEnd, ...shown } = fields;
    const startedAt = fields.startedAt ?? this.#clock();
    const problems: JobProblem[] = [];
    const files = new Map<string, JobFile>();
    const job: Changing<Job> = {
      ...shown,
      id: fields.id ?? newId(startedAt),
      startedAt,
      state: 'running',
      isCancelling: false,
      total: 0,
      done: 0,
      failed: 0,
      problems,
      problemCount: 0,
      error: null,
      endedAt: null,
      files,
    };
    const controller = new AbortController();
    if (isOver) controller.abort(endOfProcess);
    const told: JobWork = {
      signal: controller.signal,
      expect: (total, done = 0) => {
        job.total = total;
        job.done = done;
        job.failed = 0;
      },
      step: (hasFailed) => {
        job.done += 1;
        if (hasFailed) job.failed += 1;
      },
      problem: (problem) => {
        job.problemCount += 1;
        if (problems.length < mostProblems) problems.push(problem);
      },
      leave: (format, file) => files.set(format, file),
    };
    const ended = this.#run(job, controller.signal, () => work(told), onEnd);
    this.#jobs.set(job.id, { job, controller, ended });
    return job;
  }

  /** The owner's jobs, the newest first. */
  list(owner: string): Job[] {
    this.#forgetOld();
    return this.#of(owner)
      .map(({ job }) => job)
      .reverse();
  }

  find(owner: string, id: string): Job | undefined {
    return this.#of(owner).find(({ job }) => job.id === id)?.job;
  }

  /** The job once it has ended. */
  async ended(owner: string, id: string): Promise<Job | undefined> {
    const running = this.#of(owner).find(({ job }) => job.id === id);
    await running?.ended;
    return running?.job;
  }

  /** Asks it to end; what is under way is finished first. One that has ended stays as it is. */
  cancel(owner: string, id: string): Job | undefined {
    const running = this.#of(owner).find(({ job }) => job.id === id);
    if (running?.job.state === 'running') {
      running.job.isCancelling = true;
      running.controller.abort();
    }
    return running?.job;
  }

  /** Interrupts all and waits for them. */
  async close(): Promise<void> {
    for (const { controller } of this.#jobs.values()) controller.abort(endOfProcess);
    await Promise.all([...this.#jobs.values()].map(({ ended }) => ended));
  }

  #of(owner: string): Running[] {
    return [...this.#jobs.values()].filter(({ job }) => job.owner === owner);
  }

  async #run(
    job: Changing<Job>,
    signal: AbortSignal,
    work: () => Promise<void>,
    onEnd: JobFields['onEnd'],
  ): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    let end: Job['state'] = 'failed';
    try {
      await work();
      end = endOf(job, signal);
    } catch (error) {
      const isOurs = error instanceof ChanceryError;
      if (!isOurs)
        this.#log(`the job ${job.kind} failed: ${error instanceof Error ? error.message : 'unknown'}`);
      job.error = isOurs
        ? error
        : new ChanceryError({ code: 'INTERNAL', detail: 'Something went wrong inside.', cause: error });
    }
    const ended: Job = { ...job, state: end, endedAt: this.#clock(), isCancelling: false };
    await onEnd?.(ended).catch((error: unknown) =>
      this.#log(
        `the end of the job ${job.kind} was not noted: ${error instanceof Error ? error.message : ''}`,
      ),
    );
    Object.assign(job, ended);
  }

  #forgetOld(): void {
    const ended = [...this.#jobs.values()].filter(({ job }) => job.endedAt !== null);
    const oldest = this.#clock().getTime() - keptMs;
    for (const own of Map.groupBy(ended, ({ job }) => job.owner).values()) {
      for (const [index, { job }] of own.entries()) {
        const isOld = (job.endedAt?.getTime() ?? 0) < oldest || index < own.length - mostKept;
        if (isOld) this.#jobs.delete(job.id);
      }
    }
  }
}

function endOf({ done, total }: Job, { aborted, reason }: AbortSignal): Job['state'] {
  if (!aborted || (total > 0 && done >= total)) return 'done';
  return reason === endOfProcess ? 'interrupted' : 'cancelled';
}
