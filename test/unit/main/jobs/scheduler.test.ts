import { afterEach, describe, expect, it, vi } from 'vitest';
import { Scheduler, type Task } from '../../../../src/main/jobs/scheduler.ts';

afterEach(() => vi.useRealTimers());

function counting(name: string, work: () => Promise<void> = async () => undefined) {
  const task = { name, runs: 0, run: async () => {} };
  task.run = async () => {
    task.runs += 1;
    await work();
  };
  return task satisfies Task;
}

describe('the scheduler', () => {
  it('runs everything at its start and after each interval, until it is stopped', async () => {
    vi.useFakeTimers();
    const task = counting('a');
    const scheduler = new Scheduler([task], 1000, () => undefined);
    scheduler.start();
    scheduler.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(task.runs).toBe(1);
    await vi.advanceTimersByTimeAsync(3000);
    expect(task.runs).toBe(4);
    await scheduler.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(task.runs).toBe(4);
  });

  it('tells of a task that fails, runs those after it, and tries it again', async () => {
    const lines: string[] = [];
    const failing = counting('renewing', () => Promise.reject(new Error('no space')));
    const next = counting('publishing');
    const scheduler = new Scheduler([failing, next], 1000, (line) => lines.push(line));
    await scheduler.runAll();
    await scheduler.runAll();
    expect([failing.runs, next.runs]).toEqual([2, 2]);
    expect(lines[0]).toBe('renewing failed and will be tried again: no space');
  });

  it('never runs two rounds at once, and waits for the one that runs when it stops', async () => {
    let finish = () => {};
    const task = counting('slow', () => new Promise((resolve) => (finish = resolve)));
    const scheduler = new Scheduler([task], 1000, () => undefined);
    const rounds = [scheduler.runAll(), scheduler.runAll()];
    let stopped = false;
    const stop = scheduler.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect([task.runs, stopped]).toEqual([1, false]);
    finish();
    await Promise.all([...rounds, stop]);
    expect([task.runs, stopped]).toEqual([1, true]);
  });
});
