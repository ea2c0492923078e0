import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Texts } from './texts.ts';

/** Sets the application's menu; every item in it does something on this platform. */
export function setMenu(texts: Texts, platform: NodeJS.Platform): void {
  app.setAboutPanelOptions({
    applicationName: 'Chancery',
    applicationVersion: app.getVersion(),
    copyright: 'Apache License 2.0',
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(texts, platform, !app.isPackaged)));
}

/** The menu as a template; reloading and developer tools are for development only. */
export function menuTemplate(
  texts: Texts,
  platform: NodeJS.Platform,
  isDevelopment: boolean,
): MenuItemConstructorOptions[] {
  const about: MenuItemConstructorOptions = { label: texts.about, click: () => app.showAboutPanel() };
  const quit: MenuItemConstructorOptions = { label: texts.quit, role: 'quit' };
  const developing: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  const file: MenuItemConstructorOptions = { label: texts.file, submenu: [{ role: 'close' }, quit] };
  const macApp: MenuItemConstructorOptions = {
    label: 'Chancery',
    submenu: [
      about,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      quit,
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: texts.edit,
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      { type: 'separator' },
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: texts.view,
    submenu: [
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(isDevelopment ? developing : []),
    ],
  };
  const help: MenuItemConstructorOptions = { label: texts.help, submenu: [about] };
  return platform === 'darwin' ? [macApp, edit, view] : [file, edit, view, help];
}
