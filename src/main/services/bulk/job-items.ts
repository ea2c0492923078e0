import type { Context } from '../context.ts';
import { findKeptAnswer } from '../kept-answers.ts';
import type { Rooms } from '../rooms.ts';

/**
 * The things that a job does, each once: what came of one is kept, sealed, in the same unit of work as the thing
 * itself, so that a job that goes on knows what it has done, and has what it is to hand out.
 */
export class JobItems {
  readonly #rooms: Rooms;
  readonly #context: Context;
  readonly #jobId: string;
  readonly #isKept: boolean;
  readonly #isAgain: boolean;

  constructor(
    rooms: Rooms,
    context: Context,
    job: { readonly id: string; readonly isDryRun: boolean; readonly isAgain: boolean },
  ) {
    this.#rooms = rooms;
    this.#context = context;
    this.#jobId = job.id;
    this.#isKept = !job.isDryRun;
    this.#isAgain = job.isAgain;
  }

  /** The caller, for the thing in that line alone. */
  contextOf(line: number): Context {
    return { ...this.#context, idempotency: this.#isKept ? this.#keyOf(line) : null };
  }

  /** What came of the line before, or undefined where it is still to be done. */
  async done<T>(line: number): Promise<T | undefined> {
    if (!this.#isAgain) return undefined;
    const kept = await findKeptAnswer(this.#rooms, this.#context.principal, this.#keyOf(line));
    return kept?.output as T | undefined;
  }

  #keyOf(line: number) {
    return { key: `job ${this.#jobId} ${line}`, fingerprint: 'job' };
  }
}
