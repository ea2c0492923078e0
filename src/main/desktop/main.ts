/**
 * The desktop: one sandboxed window whose page reaches the fetch handler in process, through a scheme of our
 * own. Its invariant: the only room that imports electron; no port is open, no preload exists, and the page
 * never leaves the scheme. What does not belong: anything that the console does too.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, dialog, powerMonitor, protocol, session, shell as system } from 'electron';
import { ChanceryError } from '../../shared/errors.ts';
import type { Chancery } from '../chancery.ts';
import { homeFolder } from '../cli/home.ts';
import { openLoopbackRedirect } from '../console/loopback-redirect.ts';
import { openOwnerSocket } from '../console/owner-socket.ts';
import { serve } from '../console/serve.ts';
import { setMenu } from './menu.ts';
import { lockNavigation, lockSession } from './navigation.ts';
import { answerBy, appScheme } from './protocol.ts';
import { quitOnceClosed } from './quit-once-closed.ts';
import { openShell } from './shell.ts';
import { textsFor } from './texts.ts';

const builtFolder = fileURLToPath(new URL('..', import.meta.url));
const postQuantumWorker = new URL('./post-quantum-worker.js', import.meta.url);
const iconFile = fileURLToPath(new URL('../../resources/icons/icon.png', import.meta.url));
const { values } = parseArgs({
  args: process.argv.slice(1),
  options: { home: { type: 'string' } },
  strict: false,
});
const home = homeFolder(typeof values.home === 'string' ? values.home : undefined, process.env);
const log = (line: string) => process.stderr.write(`${line}\n`);

// Electron's own files lie with the data, so that one instance per data folder is what its lock means.
mkdirSync(join(home, 'desktop'), { recursive: true, mode: 0o700 });
app.setPath('userData', join(home, 'desktop'));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([appScheme]);

async function open(): Promise<void> {
  const texts = textsFor(app.getLocale());
  try {
    const { openChancery } = await import('../chancery.ts');
    const chancery = await openChancery({
      home,
      scheduler: true,
      staticFolder: builtFolder,
      postQuantumWorker,
      systemBrowser: { listen: openLoopbackRedirect, open: (url) => system.openExternal(url) },
      log,
    });
    await chancery.unlockUnattended();
    const closeDoors = await openDoors(chancery);
    powerMonitor.on('resume', () => void chancery.runDueTasks());
    quitOnceClosed(() => closeDoors().then(() => chancery.close()), log);
    protocol.handle(appScheme.scheme, answerBy(chancery.handle.bind(chancery)));
  } catch (error) {
    log(
      error instanceof Error && !(error instanceof ChanceryError)
        ? (error.stack ?? error.message)
        : String(error),
    );
    dialog.showErrorBox(texts.cannotOpen, describe(error));
    app.exit(1);
    return;
  }
  lockSession(session.defaultSession);
  setMenu(texts, process.platform);
  const shell = openShell({ iconFile, texts });
  app.on('second-instance', shell.reveal);
  app.on('activate', shell.reveal);
}

/** The owner's socket always; the HTTPS listener only where the setting names its port. Returns how to close both. */
async function openDoors(chancery: Chancery): Promise<() => Promise<void>> {
  const port = await chancery.desktopListenerPort();
  if (port === null) return openOwnerSocket(chancery);
  const listener = await serve(chancery, { host: '127.0.0.1', port, print: () => undefined, warn: log });
  return () => listener.stop();
}

function describe(error: unknown): string {
  if (error instanceof ChanceryError) return [error.detail, error.hint].filter(Boolean).join('\n\n');
  return error instanceof Error ? error.message : String(error);
}

if (app.requestSingleInstanceLock()) {
  app.on('web-contents-created', (_event, contents) => lockNavigation(contents));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  void app.whenReady().then(open);
} else {
  app.quit();
}
