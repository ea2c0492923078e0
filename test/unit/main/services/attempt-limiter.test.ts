import { describe, expect, it } from 'vitest';
import { AttemptLimiter } from '../../../../src/main/services/attempt-limiter.ts';
import { ChanceryError } from '../../../../src/shared/errors.ts';

function limiter() {
  let now = Date.UTC(2026, 0, 1);
  const attempts = new AttemptLimiter(() => new Date(now));
  let checks = 0;
  const fail = (
    name = 'ada',
    address: string | null = '192.0.2.1',
    code: 'WRONG_CREDENTIALS' | 'LOCKED' = 'WRONG_CREDENTIALS',
  ) =>
    attempts
      .attempt(name, address, async () => {
        checks += 1;
        await Promise.resolve();
        throw new ChanceryError({ code, detail: 'no' });
      })
      .catch((error: ChanceryError) => error);
  const succeed = (name = 'ada', address = '192.0.2.1') => attempts.attempt(name, address, async () => 'in');
  return {
    fail,
    succeed,
    checks: () => checks,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

async function failTimes(times: number, fail: () => Promise<unknown>): Promise<void> {
  for (let count = 0; count < times; count += 1) await fail();
}

describe('the attempt limiter', () => {
  it('lets five failures pass and then makes one wait, a second at first', async () => {
    const { fail, succeed, checks } = limiter();
    await failTimes(5, fail);
    expect(await fail()).toMatchObject({ code: 'RATE_LIMITED', data: { retryAfterSeconds: 1 } });
    await expect(succeed()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(checks()).toBe(5);
  });

  it('doubles the wait with each further failure, up to a minute', async () => {
    const { fail, wait } = limiter();
    await failTimes(5, fail);
    const waits: unknown[] = [];
    for (let count = 0; count < 8; count += 1) {
      const refused = await fail();
      waits.push(refused.data?.retryAfterSeconds);
      wait(Number(refused.data?.retryAfterSeconds) * 1000);
      await fail();
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('forgets by a success', async () => {
    const { fail, succeed, checks } = limiter();
    await failTimes(4, fail);
    await succeed();
    await failTimes(5, fail);
    expect(checks()).toBe(9);
  });

  it('counts for each name and address by itself, so that a guesser does not lock out the one who knows', async () => {
    const { fail, succeed } = limiter();
    await failTimes(9, fail);
    await expect(succeed('ada', '192.0.2.2')).resolves.toBe('in');
    await expect(succeed('bob', '192.0.2.1')).resolves.toBe('in');
  });

  it('counts wrong credentials only', async () => {
    const { fail, succeed } = limiter();
    await failTimes(9, () => fail('ada', '192.0.2.1', 'LOCKED'));
    await expect(succeed()).resolves.toBe('in');
  });

  it('checks no more of many guesses at once than of as many one after another', async () => {
    const { fail, checks } = limiter();
    const answers = await Promise.all(Array.from({ length: 100 }, () => fail()));
    expect(checks()).toBe(5);
    expect(answers.filter(({ code }) => code === 'RATE_LIMITED')).toHaveLength(95);
  });

  it('does not hold up others while one check runs', async () => {
    const attempts = new AttemptLimiter(() => new Date());
    let release = () => {};
    const slow = attempts.attempt('ada', null, () => new Promise<void>((resolve) => (release = resolve)));
    await expect(attempts.attempt('bob', null, async () => 'in')).resolves.toBe('in');
    release();
    await slow;
  });
});
