import { beforeEach, describe, expect, it, vi } from 'vitest';
import { app, BrowserWindow, dialog, resetElectron, Tray } from '../../../support/electron-stand-in.ts';

vi.mock('electron', () => import('../../../support/electron-stand-in.ts'));
const { openShell } = await import('../../../../src/main/desktop/shell.ts');
const { textsFor } = await import('../../../../src/main/desktop/texts.ts');

const choice = { keepRunning: 0, quit: 1, cancel: 2 };

function open() {
  const shell = openShell({ iconFile: 'icon.png', texts: textsFor('en-GB') });
  const window = BrowserWindow.all[0];
  if (!window) throw new Error('No window was opened.');
  return { shell, window };
}

async function closeWith(window: BrowserWindow, response: number) {
  dialog.nextResponse = response;
  window.close();
  // The answer arrives after the microtasks that are waiting now.
  await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(resetElectron);

describe('openShell', () => {
  it('opens a sandboxed window without Node and without a preload script on our own page', () => {
    const { window } = open();
    expect(window.options?.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    });
    expect(window.options?.webPreferences).not.toHaveProperty('preload');
    expect(window.calls).toEqual(['load chancery://app/ui/']);
  });

  it('shows the window once it has painted', () => {
    const { window } = open();
    window.emit('ready-to-show');
    expect(window.calls).toContain('show');
  });

  it('says on closing what goes on and what stops', async () => {
    const { window } = open();
    await closeWith(window, choice.cancel);
    expect(dialog.asked[0]?.detail).toMatch(/renewals.*listener.*stops/s);
    expect(dialog.asked[0]?.buttons).toEqual(['Keep running', 'Quit Chancery', 'Cancel']);
  });

  it('hides into the tray when it shall keep running, and comes back from there', async () => {
    const { window } = open();
    await closeWith(window, choice.keepRunning);
    expect(window.calls).toContain('hide');
    expect(window.calls).not.toContain('closed');
    Tray.all[0]?.emit('click');
    expect(window.calls.slice(-2)).toEqual(['show', 'focus']);
  });

  it('makes one tray icon, however often the window is closed', async () => {
    const { window } = open();
    await closeWith(window, choice.keepRunning);
    await closeWith(window, choice.keepRunning);
    expect(Tray.all).toHaveLength(1);
  });

  it('stays open after cancel', async () => {
    const { window } = open();
    await closeWith(window, choice.cancel);
    expect(window.calls).not.toContain('hide');
    expect(window.calls).not.toContain('closed');
  });

  it('quits when told to, without asking again', async () => {
    const { window } = open();
    await closeWith(window, choice.quit);
    expect(app.calls).toEqual(['quit']);
    expect(window.calls).toContain('closed');
    expect(dialog.asked).toHaveLength(1);
  });

  it('does not ask when the system or the menu quits', () => {
    const { window } = open();
    app.quit();
    expect(dialog.asked).toEqual([]);
    expect(window.calls).toContain('closed');
  });
});
