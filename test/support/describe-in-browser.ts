/**
 * The set-up that the tests of the screens share: for each file one Chromium and one console, for each test a window,
 * or for all of them one. What a window complains of fails the test that it happened in.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { findChromium } from './chromium.ts';
import {
  type ConsoleInBrowser,
  launchQuietChromium,
  openConsoleInBrowser,
  openWorkingConsole,
  redeemTicket,
  type WindowOptions,
} from './console-in-browser.ts';

interface Setting {
  /** Fills the data folder; without it there are a vault in a file and the quick start's set. */
  readonly prepare?: (home: string) => Promise<unknown>;
  /** Who is signed in when a test begins: the owner, unless it says nobody. */
  readonly as?: 'owner' | 'nobody';
  readonly window?: Omit<WindowOptions, 'token'>;
  /** One window for all tests, which go from screen to screen in it, as people do; each leaves it as it found it. */
  readonly keepsWindow?: true;
  /** Where the window of each test begins; without it with a blank page. */
  readonly screen?: string;
}

/** The console of the file that runs. */
export let desk: ConsoleInBrowser;
/** A session of its owner; empty where nobody is signed in. */
export let token: string;
/** The window of the test that runs. */
export let page: Page;

/** Opens another window in place of the test's own. */
export async function openWindow(options: WindowOptions): Promise<void> {
  page = await desk.newWindow(options);
}

/** A `describe` in a browser; skipped where there is none. */
export function describeInBrowser(name: string, setting: Setting, tests: () => void): void {
  const { prepare, as = 'owner', screen, window, keepsWindow = false } = setting;
  describe.skipIf(findChromium() === undefined)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchQuietChromium();
      if (prepare === undefined) ({ desk, token } = await openWorkingConsole(browser));
      else {
        desk = await openConsoleInBrowser(browser, prepare);
        token = as === 'owner' ? await redeemTicket(desk.console) : '';
      }
    });
    afterAll(async () => {
      await browser?.close();
      await desk?.close();
    });
    const begin = async () => {
      await openWindow(as === 'owner' ? { ...window, token } : { ...window });
      if (screen !== undefined) await page.goto(desk.address(screen));
    };
    if (keepsWindow) beforeAll(begin);
    else beforeEach(begin);
    afterEach(async () => expect(keepsWindow ? desk.complaints() : await desk.closeWindows()).toEqual([]));
    tests();
  });
}
