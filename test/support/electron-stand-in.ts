/**
 * As much of Electron's module as the shell's rules need, for tests on machines without its binary:
 * `vi.mock('electron', () => import('.../electron-stand-in.ts'))`. It records what it is told and is typed
 * against Electron's own types; what a real window does is for test/desktop.
 */
import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  Event,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessageBoxReturnValue,
} from 'electron';

class App extends EventEmitter {
  isPackaged = false;
  readonly calls: string[] = [];
  getVersion = () => '1.2.3';
  setAboutPanelOptions = () => undefined;
  showAboutPanel = () => void this.calls.push('about');
  exit = (code?: number) => void this.calls.push(`exit ${code}`);
  /** As Electron does: first before-quit, then the windows close, then will-quit. */
  quit = () => {
    this.calls.push('quit');
    this.emit('before-quit', preventable());
    for (const window of BrowserWindow.all) window.close();
    this.emit('will-quit', preventable());
  };
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = [];
  readonly options: BrowserWindowConstructorOptions | undefined;
  readonly calls: string[] = [];

  constructor(options?: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
  }

  isMinimized = () => false;
  restore = () => void this.calls.push('restore');
  show = () => void this.calls.push('show');
  hide = () => void this.calls.push('hide');
  focus = () => void this.calls.push('focus');
  loadURL = async (url: string) => void this.calls.push(`load ${url}`);
  close = () => {
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.calls.push('closed');
  };
}

export class Tray extends EventEmitter {
  static all: Tray[] = [];
  menu: MenuItemConstructorOptions[] = [];

  constructor() {
    super();
    Tray.all.push(this);
  }

  setToolTip = () => undefined;
  setContextMenu = (menu: { template: MenuItemConstructorOptions[] }) => {
    this.menu = menu.template;
  };
}

export const app = new App();

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => ({ template }),
  setApplicationMenu: () => undefined,
};

export const nativeImage = { createFromPath: () => ({ resize: () => undefined }) };

/** What the person chooses next, and what they were asked. */
export const dialog = {
  nextResponse: 0,
  asked: [] as MessageBoxOptions[],
  showMessageBox: async (
    _window: BrowserWindow,
    options: MessageBoxOptions,
  ): Promise<MessageBoxReturnValue> => {
    dialog.asked.push(options);
    return { response: dialog.nextResponse, checkboxChecked: false };
  },
};

/** An event of Electron whose default can be prevented. */
export function preventable<Params extends object>(params?: Params): Event<Params> {
  const event = {
    ...params,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event as Event<Params>;
}

/** Forgets everything between tests. */
export function resetElectron(): void {
  app.removeAllListeners();
  app.calls.length = 0;
  BrowserWindow.all = [];
  Tray.all = [];
  dialog.asked = [];
}
