import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Job, Jobs } from '../../../../src/main/jobs/index.ts';

const dayMs = 86_400_000;

function newJobs() {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const jobs = new Jobs(
    () => new Date(now),
    () => undefined,
  );
  const run = async (owner: string): Promise<Job> => {
    const job = jobs.start({ kind: 'test', owner, startedBy: owner, isDryRun: false }, async () => undefined);
    while (job.state === 'running') await nextTurn();
    return job;
  };
  return { jobs, run, advance: (ms: number) => (now += ms) };
}

describe('jobs that have ended', () => {
  it('are kept for their owner, whatever others run', async () => {
    const { jobs, run } = newJobs();
    const mine = await run('ada');
    for (let count = 0; count < 60; count += 1) await run('bob');
    expect(jobs.find('ada', mine.id)).toBe(mine);
    expect(jobs.list('ada')).toEqual([mine]);
    expect(jobs.list('bob')).toHaveLength(20);
  });

  it('are forgotten after a day', async () => {
    const { jobs, run, advance } = newJobs();
    await run('ada');
    advance(dayMs + 1);
    expect(jobs.list('ada')).toEqual([]);
  });
});

it('an owner has four jobs running at most', async () => {
  const { jobs } = newJobs();
  let release = () => {};
  const blocked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const start = (owner: string) =>
    jobs.start({ kind: 'test', owner, startedBy: owner, isDryRun: false }, () => blocked);
  for (let count = 0; count < 4; count += 1) start('ada');
  expect(() => start('ada')).toThrow('4 jobs are running already.');
  start('bob');
  release();
  await jobs.close();
});
