import { app, BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { appOrigin } from './protocol.ts';

/** The window's options: a sandboxed page without Node and without a preload script. */
export function windowOptions(iconFile: string): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 860,
    minWidth: 720,
    minHeight: 520,
    show: false,
    title: 'Chancery',
    icon: iconFile,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
    },
  };
}

/** Opens the window on the renderer and shows it once it has painted. */
export function openWindow(iconFile: string): BrowserWindow {
  const window = new BrowserWindow(windowOptions(iconFile));
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${appOrigin}/ui/`);
  return window;
}

/** Brings the window back from the tray, from the dock or from behind others. */
export function reveal(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
