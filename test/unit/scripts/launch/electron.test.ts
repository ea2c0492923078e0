import { describe, expect, it } from 'vitest';
import { whyNoWindow } from '../../../../scripts/launch/electron.mjs';

const desk = { platform: 'linux' as const, uid: 1000, env: { DISPLAY: ':0' }, canSandbox: true };

describe('whyNoWindow', () => {
  it('finds no reason on a desk, with X11 or Wayland, or on other systems', () => {
    expect(whyNoWindow(desk)).toBeUndefined();
    expect(whyNoWindow({ ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeUndefined();
    expect(whyNoWindow({ ...desk, platform: 'win32', uid: undefined, env: {} })).toBeUndefined();
  });

  it.each([
    [{ uid: 0 }, 'as root'],
    [{ env: {} }, 'no display'],
    [{ env: { DISPLAY: '' } }, 'no display'],
    [{ canSandbox: false }, 'sandbox'],
  ])('says why there is none: %j', (difference, reason) => {
    expect(whyNoWindow({ ...desk, ...difference })).toContain(reason);
  });
});
