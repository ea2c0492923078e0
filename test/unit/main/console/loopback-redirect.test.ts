import { describe, expect, it } from 'vitest';
import { openLoopbackRedirect } from '../../../../src/main/console/loopback-redirect.ts';

describe('the port that waits for the browser', () => {
  it('takes the one visit that has the state, at the one path, and then is closed', async () => {
    const loopback = await openLoopbackRedirect('the state');
    expect(loopback.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-in$/);
    for (const wrong of ['?code=c', '?code=c&state=other', ''])
      expect((await fetch(`${loopback.redirectUri}${wrong}`)).status).toBe(404);
    const elsewhere = new URL('/other?state=the%20state', loopback.redirectUri);
    expect((await fetch(elsewhere)).status).toBe(404);

    const visit = await fetch(`${loopback.redirectUri}?code=c&state=the+state`);
    expect(visit.status).toBe(200);
    expect(visit.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await visit.text()).toContain('go back to Chancery');
    expect(await loopback.answer).toBe('?code=c&state=the+state');
    await expect(fetch(loopback.redirectUri)).rejects.toThrow();
  });

  it('tells who waits that it was closed', async () => {
    const loopback = await openLoopbackRedirect('x');
    loopback.close();
    await expect(loopback.answer).rejects.toThrow('closed');
    await expect(fetch(loopback.redirectUri)).rejects.toThrow();
  });
});
