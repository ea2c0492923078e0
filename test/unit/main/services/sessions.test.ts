import { describe, expect, it } from 'vitest';
import { operatorPrincipal, owner, Sessions } from '../../../../src/main/services/operators/sessions.ts';
import type { ChanceryError } from '../../../../src/shared/errors.ts';

const minute = 60_000;
const hour = 60 * minute;

function sessions() {
  let now = Date.UTC(2026, 0, 1);
  const all = new Sessions(() => new Date(now));
  const codeOf = (work: () => unknown): string => {
    try {
      work();
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

const ada = operatorPrincipal({
  id: 'a',
  name: 'ada',
  role: 'auditor',
  realms: '["r"]',
  passwordHash: '',
  disabledAt: null,
  createdAt: 0,
});

describe('a session', () => {
  it('speaks for whom it was begun, in their realms', () => {
    const { all } = sessions();
    expect(all.resolve(all.begin(ada).token)).toMatchObject({ name: 'ada', role: 'auditor', realms: ['r'] });
    expect(all.resolve(all.begin(owner).token)).toMatchObject({ name: 'owner', realms: 'all' });
  });

  it('ends after an hour without use, and use keeps it alive', () => {
    const { all, resolve, wait } = sessions();
    const { token } = all.begin(ada);
    wait(hour);
    expect(resolve(token)).toBe('fine');
    wait(hour);
    expect(resolve(token)).toBe('fine');
    wait(hour + 1);
    expect([resolve(token), resolve(token)]).toEqual(['TOKEN_EXPIRED', 'TOKEN_INVALID']);
  });

  it('ends twelve hours after its beginning however much it is used, as it said', () => {
    const { all, resolve, wait } = sessions();
    const { token, expiresAt } = all.begin(ada);
    expect(expiresAt).toBe('2026-01-01T12:00:00.000Z');
    for (let half = 0; half < 24; half += 1) {
      wait(hour / 2);
      expect(resolve(token)).toBe('fine');
    }
    wait(1);
    expect(resolve(token)).toBe('TOKEN_EXPIRED');
  });

  it('ends by signing out, and with all others of its operator', () => {
    const { all, resolve } = sessions();
    const [first, second, other] = [all.begin(ada).token, all.begin(ada).token, all.begin(owner).token];
    all.end(first);
    expect([resolve(first), resolve(second)]).toEqual(['TOKEN_INVALID', 'fine']);
    all.endAllOf('a');
    expect([resolve(second), resolve(other)]).toEqual(['TOKEN_INVALID', 'fine']);
  });

  it('has a token that no other has', () => {
    const { all, resolve } = sessions();
    expect(all.begin(ada).token).not.toBe(all.begin(ada).token);
    expect([resolve('chs_'), resolve('')]).toEqual(['TOKEN_INVALID', 'TOKEN_INVALID']);
  });
});

describe('a ticket', () => {
  it('is good once', () => {
    const { all, redeem } = sessions();
    const ticket = all.newTicket();
    expect([redeem(ticket), redeem(ticket)]).toEqual(['fine', 'WRONG_CREDENTIALS']);
  });

  it('is good for ten minutes', () => {
    const { all, redeem, wait } = sessions();
    const [first, second] = [all.newTicket(), all.newTicket()];
    wait(10 * minute);
    expect(redeem(first)).toBe('fine');
    wait(1);
    expect(redeem(second)).toBe('WRONG_CREDENTIALS');
  });

  it('is no session token, nor the other way round', () => {
    const { all, resolve, redeem } = sessions();
    expect(resolve(all.newTicket())).toBe('TOKEN_INVALID');
    expect(redeem(all.begin(ada).token)).toBe('WRONG_CREDENTIALS');
  });
});
