/**
 * Long work that answers at once and goes on: it tells how far it is, can be cancelled, and leaves files for a
 * while. Its invariant: a job ends in exactly one of done, failed and cancelled, and closing waits for all of them.
 * Jobs live in memory, since what they do is durable by itself. What does not belong: what they do (services/).
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
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
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
  expect(total: number): void;
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
}

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
    if (running.length >= mostRunning) {
      throw new ChanceryError({
        code: 'RATE_LIMITED',
        detail: `${running.length} jobs are running already.`,
        hint: 'Wait for one to end, or cancel one.',
      });
    }
    const startedAt = this.#clock();
    const problems: JobProblem[] = [];
    const files = new Map<string, JobFile>();
    const job: Changing<Job> = {
      ...fields,
      id: newId(startedAt),
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
    const told: JobWork = {
      signal: controller.signal,
      expect: (total) => {
        job.total = total;
        job.done = 0;
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
    const ended = this.#run(job, controller.signal, () => work(told));
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

  /** Asks it to end; what is under way is finished first. One that has ended stays as it is. */
  cancel(owner: string, id: string): Job | undefined {
    const running = this.#of(owner).find(({ job }) => job.id === id);
    if (running?.job.state === 'running') {
      running.job.isCancelling = true;
      running.controller.abort();
    }
    return running?.job;
  }

  /** Cancels all and waits for them. */
  async close(): Promise<void> {
    for (const { controller } of this.#jobs.values()) controller.abort();
    await Promise.all([...this.#jobs.values()].map(({ ended }) => ended));
  }

  #of(owner: string): Running[] {
    return [...this.#jobs.values()].filter(({ job }) => job.owner === owner);
  }

  async #run(job: Changing<Job>, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    try {
      await work();
      job.state = signal.aborted && job.done < job.total ? 'cancelled' : 'done';
    } catch (error) {
      job.state = 'failed';
      const isOurs = error instanceof ChanceryError;
      if (!isOurs)
        this.#log(`the job ${job.kind} failed: ${error instanceof Error ? error.message : 'unknown'}`);
      job.error = isOurs
        ? error
        : new ChanceryError({ code: 'INTERNAL', detail: 'Something went wrong inside.', cause: error });
    }
    job.isCancelling = false;
    job.endedAt = this.#clock();
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
