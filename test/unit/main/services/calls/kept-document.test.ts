import { beforeEach, describe, expect, it } from 'vitest';
import { KeptDocument } from '../../../../../src/main/services/calls/kept-document.ts';

describe('a document of another side', () => {
  let nowMs: number;
  let loads: number;
  let isDown: boolean;
  let kept: KeptDocument<number>;
  beforeEach(() => {
    nowMs = 1_000_000;
    loads = 0;
    isDown = false;
    kept = new KeptDocument({
      clock: () => new Date(nowMs),
      freshMs: 600_000,
      staleMs: 3_600_000,
      load: async () => {
        loads += 1;
        if (isDown) throw new Error('down');
        return loads;
      },
    });
  });

  it('is asked for once, however many want it, and again when it is old', async () => {
    expect(await Promise.all([kept.get(), kept.get(), kept.get()])).toEqual([1, 1, 1]);
    nowMs += 599_000;
    expect(await kept.get()).toBe(1);
    nowMs += 2_000;
    expect(await kept.get()).toBe(2);
  });

  it('goes on being used while the other side is down, which is asked ever more rarely, and not for ever', async () => {
    await kept.get();
    isDown = true;
    nowMs += 700_000;
    for (let call = 0; call < 10; call += 1) expect(await kept.get()).toBe(1);
    expect(loads).toBe(2);
    nowMs += 5_001;
    await kept.get();
    nowMs += 5_001;
    await kept.get();
    expect(loads, 'the second wait is longer').toBe(3);
    nowMs += 3_600_000;
    await expect(kept.get()).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
    isDown = false;
    nowMs += 300_001;
    expect(await kept.get()).toBe(loads);
  });

  it('is asked for again for what it lacks, though not for every forgery', async () => {
    await kept.get();
    expect(await kept.renew()).toBe(1);
    nowMs += 31_000;
    expect(await kept.renew()).toBe(2);
    for (let forgery = 0; forgery < 5; forgery += 1) await kept.renew();
    expect(loads).toBe(2);
  });
});
