import { Menu, nativeImage, Tray } from 'electron';
import type { Texts } from './texts.ts';

export interface TrayActions {
  readonly open: () => void;
  readonly quit: () => void;
}

const iconSizePx = 20;

/** Puts the icon into the notification area, from where the window comes back and Chancery is ended. */
export function showTray(iconFile: string, texts: Texts, actions: TrayActions): Tray {
  const tray = new Tray(
    nativeImage.createFromPath(iconFile).resize({ width: iconSizePx, height: iconSizePx }),
  );
  tray.setToolTip('Chancery');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: texts.open, click: actions.open },
      { label: texts.quit, click: actions.quit },
    ]),
  );
  tray.on('click', actions.open);
  return tray;
}
