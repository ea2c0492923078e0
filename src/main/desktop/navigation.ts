import type { Session, WebContents } from 'electron';
import { appOrigin } from './protocol.ts';

/** What the copy buttons need; everything else a page could ask for is denied. */
const allowedPermission = 'clipboard-sanitized-write';

/** Keeps a page inside our own scheme: it opens no other address, no window and no guest page. */
export function lockNavigation(contents: WebContents): void {
  const stayOurs = (event: { preventDefault(): void; readonly url: string }) => {
    if (!isOurPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayOurs);
  contents.on('will-frame-navigate', stayOurs);
  contents.on('will-redirect', stayOurs);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/**
 * Denies a page every device and every permission but copying, and every request to a network: the only one
 * who may call out is this process, where a person configured it.
 */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === allowedPermission && isOurPage(contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return permission === allowedPermission && isOurPage(origin);
  });
  session.setDevicePermissionHandler(() => false);
  const filter = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] };
  session.webRequest.onBeforeRequest(filter, (_details, answer) => answer({ cancel: true }));
}

function isOurPage(url: string): boolean {
  return url === appOrigin || url.startsWith(`${appOrigin}/`);
}
