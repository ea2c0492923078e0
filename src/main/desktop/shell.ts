import { app, type Tray } from 'electron';
import { askOnClose } from './ask-on-close.ts';
import type { Texts } from './texts.ts';
import { showTray } from './tray.ts';
import { openWindow, reveal } from './window.ts';

export interface ShellOptions {
  readonly iconFile: string;
  readonly texts: Texts;
}

/** The window and the icon that stands for it while it is hidden. */
export interface Shell {
  /** Brings the window to the front; does nothing once quitting has begun. */
  reveal(): void;
}

/** Opens the window. Closing it asks whether Chancery goes on in the tray; quitting does not ask. */
export function openShell({ iconFile, texts }: ShellOptions): Shell {
  const window = openWindow(iconFile);
  let tray: Tray | undefined;
  let isQuitting = false;
  let isAsking = false;

  const revealWindow = () => {
    if (!isQuitting) reveal(window);
  };

  const ask = async () => {
    isAsking = true;
    const choice = await askOnClose(window, texts).finally(() => {
      isAsking = false;
    });
    if (choice === 'quit') app.quit();
    if (choice !== 'keep-running') return;
    if (!tray) tray = showTray(iconFile, texts, { open: revealWindow, quit: () => app.quit() });
    window.hide();
  };

  window.on('close', (event) => {
    if (isQuitting) return;
    event.preventDefault();
    if (!isAsking) void ask();
  });
  app.on('before-quit', () => {
    isQuitting = true;
  });
  return { reveal: revealWindow };
}
