import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { lockNavigation, lockSession } from '../../../../src/main/desktop/navigation.ts';
import { preventable } from '../../../support/electron-stand-in.ts';

function lockedContents() {
  const contents = Object.assign(new EventEmitter(), {
    openWindow: (): unknown => undefined,
    setWindowOpenHandler(handler: () => unknown) {
      this.openWindow = handler;
    },
  });
  lockNavigation(contents as unknown as WebContents);
  return contents;
}

describe('lockNavigation', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('keeps %s inside our pages', (name) => {
    const contents = lockedContents();
    const outside = [
      'https://example.com/',
      'file:///etc/passwd',
      'chancery://other/',
      'chancery://app.example/',
    ];
    const inside = ['chancery://app/ui/certificates', 'chancery://app/ui/'];
    const isStopped = (url: string) => {
      const event = preventable({ url });
      contents.emit(name, event);
      return event.defaultPrevented;
    };
    expect(outside.map(isStopped)).toEqual(outside.map(() => true));
    expect(inside.map(isStopped)).toEqual(inside.map(() => false));
  });

  it('opens no window and no guest page', () => {
    const contents = lockedContents();
    expect(contents.openWindow()).toEqual({ action: 'deny' });
    const event = preventable();
    contents.emit('will-attach-webview', event);
    expect(event.defaultPrevented).toBe(true);
  });
});

type AskHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Listener = (details: unknown, answer: (response: { cancel?: boolean }) => void) => void;

function lockedSession() {
  const set: {
    ask?: AskHandler;
    check?: CheckHandler;
    device?: () => boolean;
    urls?: string[];
    before?: Listener;
  } = {};
  const session = {
    setPermissionRequestHandler: (handler: AskHandler) => Object.assign(set, { ask: handler }),
    setPermissionCheckHandler: (handler: CheckHandler) => Object.assign(set, { check: handler }),
    setDevicePermissionHandler: (handler: () => boolean) => Object.assign(set, { device: handler }),
    webRequest: {
      onBeforeRequest: ({ urls }: { urls: string[] }, before: Listener) =>
        Object.assign(set, { urls, before }),
    },
  };
  lockSession(session as unknown as Session);
  return set;
}

describe('lockSession', () => {
  const page = (url: string) => ({ getURL: () => url }) as WebContents;
  const details = { requestingUrl: '', isMainFrame: true, securityOrigin: '' };

  it.each([
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'clipboard-read',
    'usb',
    'fileSystem',
  ] as const)('denies %s', (permission) => {
    const { ask, check } = lockedSession();
    const answers: boolean[] = [];
    ask?.(
      page('chancery://app/ui/'),
      permission as Parameters<AskHandler>[1],
      (granted) => answers.push(granted),
      details,
    );
    expect(answers).toEqual([false]);
    expect(check?.(null, permission as Parameters<CheckHandler>[1], 'chancery://app', details)).toBe(false);
  });

  it('lets our own pages copy, and no others', () => {
    const { ask, check } = lockedSession();
    const answers: boolean[] = [];
    for (const url of ['chancery://app/ui/', 'https://example.com/']) {
      ask?.(page(url), 'clipboard-sanitized-write', (granted) => answers.push(granted), details);
    }
    expect(answers).toEqual([true, false]);
    expect(check?.(null, 'clipboard-sanitized-write', 'chancery://app/', details)).toBe(true);
    expect(check?.(null, 'clipboard-sanitized-write', 'https://example.com/', details)).toBe(false);
  });

  it('denies every device and every request to a network', () => {
    const { device, urls, before } = lockedSession();
    expect(device?.()).toBe(false);
    expect(urls).toEqual(expect.arrayContaining(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*']));
    const answers: unknown[] = [];
    before?.({}, (answer) => answers.push(answer));
    expect(answers).toEqual([{ cancel: true }]);
  });
});
