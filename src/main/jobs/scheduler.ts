/**
 * Work that is due by the clock. What it is for: to run small tasks at start and then regularly, never two of
 * the same at once. Its invariant: a task that fails is told of and tried again; it never ends the process.
 * What does not belong: what the tasks do (services/).
 */

export interface Task {
  readonly name: string;
  /** Does what is due now; called again after each interval, and may be called when nothing is due. */
  run(): Promise<void>;
}

export class Scheduler {
  readonly #tasks: readonly Task[];
  readonly #intervalMs: number;
  readonly #log: (line: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(tasks: readonly Task[], intervalMs: number, log: (line: string) => void) {
    this.#tasks = tasks;
    this.#intervalMs = intervalMs;
    this.#log = log;
  }

  /** Runs everything once now and then after each interval; does not keep the process alive. */
  start(): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => void this.runAll(), this.#intervalMs);
    this.#timer.unref();
    void this.runAll();
  }

  /** One round of all tasks; a round that runs already is waited for instead. */
  runAll(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Starts no further round, and waits for the one that runs. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  async #round(): Promise<void> {
    for (const task of this.#tasks) {
      try {
        await task.run();
      } catch (error) {
        this.#log(
          `${task.name} failed and will be tried again: ${error instanceof Error ? error.message : 'unknown'}`,
        );
      }
    }
  }
}
