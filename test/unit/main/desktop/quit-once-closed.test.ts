import { beforeEach, describe, expect, it, vi } from 'vitest';
import { app, preventable, resetElectron } from '../../../support/electron-stand-in.ts';

vi.mock('electron', () => import('../../../support/electron-stand-in.ts'));
const { quitOnceClosed } = await import('../../../../src/main/desktop/quit-once-closed.ts');

beforeEach(resetElectron);

describe('quitOnceClosed', () => {
  it('holds the end back until everything is closed, and closes once', async () => {
    let endClosing = () => {};
    const close = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          endClosing = resolve;
        }),
    );
    quitOnceClosed(close, () => undefined);
    const events = [preventable(), preventable()];
    for (const event of events) app.emit('will-quit', event);
    expect(events.map(({ defaultPrevented }) => defaultPrevented)).toEqual([true, true]);
    expect(app.calls).toEqual([]);
    endClosing();
    await vi.waitFor(() => expect(app.calls).toEqual(['exit 0']));
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('ends with a failure that it tells when closing failed', async () => {
    const lines: string[] = [];
    quitOnceClosed(
      () => Promise.reject(new Error('the disk is full')),
      (line) => lines.push(line),
    );
    app.emit('will-quit', preventable());
    await vi.waitFor(() => expect(app.calls).toEqual(['exit 1']));
    expect(lines).toEqual(['Closing failed: the disk is full']);
  });
});
