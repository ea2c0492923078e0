import { describe, expect, it } from 'vitest';
import { principalWith } from '../../../../src/main/services/context.ts';
import { owner } from '../../../../src/main/services/operators/owner.ts';
import { Sessions } from '../../../../src/main/services/operators/sessions.ts';
import type { ChanceryError } from '../../../../src/shared/errors.ts';

const minute = 60_000;
const hour = 60 * minute;

function sessions() {
  let now = Date.UTC(2026, 0, 1);
  const all = new Sessions(() => new Date(now));
  const codeOf = async (work: () => unknown): Promise<string> => {
    try {
      await work();
      return 'fine';
    } catch (error) {
      return (error as ChanceryError).code;
    }
  };
  return {
    all,
    resolve: (token: string) => codeOf(() => all.resolve(token)),
    redeem: (ticket: string) => codeOf(() => all.redeem(ticket)),
    wait: (ms: number) => {
      now += ms;
    },
  };
}

const ada = principalWith({ kind: 'operator', id: 'a', name: 'ada' }, [
  { role: 'auditor', permissions: new Set(), ownOnly: new Set(), realms: ['r'] },
]);

describe('a session', () => {
  it('speaks for whom it was begun, in their realms', async () => {
    const { all } = sessions();
    expect(await all.resolve(all.begin(ada, 'test').token)).toMatchObject({ name: 'ada', realms: ['r'] });
    expect(await all.resolve(all.begin(owner, 'test').token)).toMatchObject({ name: 'owner', realms: 'all' });
  });

  it('ends after an hour without use, and use keeps it alive', async () => {
    const { all, resolve, wait } = sessions();
    const { token } = all.begin(ada, 'test');
    wait(hour);
    expect(await resolve(token)).toBe('fine');
    wait(hour);
    expect(await resolve(token)).toBe('fine');
    wait(hour + 1);
    expect([await resolve(token), await resolve(token)]).toEqual(['TOKEN_EXPIRED', 'TOKEN_INVALID']);
  });

  it('ends twelve hours after its beginning however much it is used, as it said', async () => {
    const { all, resolve, wait } = sessions();
    const { token, expiresAt } = all.begin(ada, 'test');
    expect(expiresAt).toBe('2026-01-01T12:00:00.000Z');
    for (let half = 0; half < 24; half += 1) {
      wait(hour / 2);
      expect(await resolve(token)).toBe('fine');
    }
    wait(1);
    expect(await resolve(token)).toBe('TOKEN_EXPIRED');
  });

  it('ends by signing out, and with all others of its operator', async () => {
    const { all, resolve } = sessions();
    const [first, second, other] = [
      all.begin(ada, 'test').token,
      all.begin(ada, 'test').token,
      all.begin(owner, 'test').token,
    ];
    all.end(first);
    expect([await resolve(first), await resolve(second)]).toEqual(['TOKEN_INVALID', 'fine']);
    all.endAllOf('a');
    expect([await resolve(second), await resolve(other)]).toEqual(['TOKEN_INVALID', 'fine']);
  });

  it('has a token that no other has', async () => {
    const { all, resolve } = sessions();
    expect(all.begin(ada, 'test').token).not.toBe(all.begin(ada, 'test').token);
    expect([await resolve('chs_'), await resolve('')]).toEqual(['TOKEN_INVALID', 'TOKEN_INVALID']);
  });
});

describe('a ticket', () => {
  it('is good once', async () => {
    const { all, redeem } = sessions();
    const ticket = all.newTicket();
    expect([await redeem(ticket), await redeem(ticket)]).toEqual(['fine', 'WRONG_CREDENTIALS']);
  });

  it('is good for ten minutes', async () => {
    const { all, redeem, wait } = sessions();
    const [first, second] = [all.newTicket(), all.newTicket()];
    wait(10 * minute);
    expect(await redeem(first)).toBe('fine');
    wait(1);
    expect(await redeem(second)).toBe('WRONG_CREDENTIALS');
  });

  it('is no session token, nor the other way round', async () => {
    const { all, resolve, redeem } = sessions();
    expect(await resolve(all.newTicket())).toBe('TOKEN_INVALID');
    expect(await redeem(all.begin(ada, 'test').token)).toBe('WRONG_CREDENTIALS');
  });
});
