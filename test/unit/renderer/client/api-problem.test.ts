import { describe, expect, it } from 'vitest';
import { asProblem, problemOf } from '../../../../src/renderer/client/api-problem.ts';

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

describe('a problem', () => {
  it('keeps code, detail, hint and violations of a problem document', async () => {
    const violations = [{ path: ['subject', 'commonName'], rule: 'subject.denied', message: 'No.' }];
    const problem = await problemOf(
      answer(422, { code: 'POLICY_VIOLATION', title: 'T', detail: 'D', hint: 'H', violations }),
    );
    expect(problem).toMatchObject({
      code: 'POLICY_VIOLATION',
      status: 422,
      detail: 'D',
      hint: 'H',
      violations,
    });
  });

  it('drops violations that it could not place', async () => {
    const problem = await problemOf(
      answer(400, { code: 'INVALID_INPUT', violations: [{ message: 'x' }, null] }),
    );
    expect(problem.violations).toEqual([]);
  });

  it('takes an answer that is no problem document, such as a proxy page, for an inner failure', async () => {
    const problem = await problemOf(new Response('<html>', { status: 502 }));
    expect(problem).toMatchObject({ code: 'INTERNAL', status: 502 });
  });

  it('ends the session on an expired token but not on a wrong password', async () => {
    expect((await problemOf(answer(401, { code: 'TOKEN_EXPIRED' }))).endsSession).toBe(true);
    expect((await problemOf(answer(401, { code: 'WRONG_CREDENTIALS' }))).endsSession).toBe(false);
  });

  it('wraps whatever else is thrown', () => {
    expect(asProblem(new TypeError('oops'))).toMatchObject({ code: 'INTERNAL', detail: 'oops' });
  });
});
