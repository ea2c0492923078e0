/**
 * A real Chromium at a real console: what every test of the screens starts from. Its invariant: whatever a window
 * complains of is kept until a test asks for it: errors of the page, violations of its content
 * security policy, requests that leave this machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type RunningConsole, startConsole } from './chancery-process.ts';
import { launchChromium } from './chromium.ts';
import { curl } from './curl.ts';
import { watchRequests } from './settled.ts';
import { listenForComplaints } from './window-complaints.ts';

export interface WindowOptions extends BrowserContextOptions {
  /** The session that the window begins with, as if it had been reloaded; without it nobody is signed in. */
  readonly token?: string;
}

export interface ConsoleInBrowser {
  readonly home: string;
  /** The one that runs now. */
  readonly console: RunningConsole;
  /** The address of a screen, e.g. `certificates`. */
  address(screen: string): string;
  newWindow(options?: WindowOptions): Promise<Page>;
  /** Stops the console and starts it again on the same data folder, on another port. */
  restart(): Promise<void>;
  /** What the windows complained of since the last time. */
  complaints(): string[];
  /** Answers what they complained of since the last time. */
  closeWindows(): Promise<string[]>;
  close(): Promise<void>;
}

/** Nothing of these goes out by itself; Chromium would otherwise look for updates. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];
const patienceMs = 15_000;

export function launchQuietChromium(): Promise<Browser> {
  return launchChromium({ args: quiet });
}

/** Starts a console on a new data folder, which `prepare` fills before. The browser stays the caller's. */
export async function openConsoleInBrowser(
  browser: Browser,
  prepare: (home: string) => Promise<unknown> = async () => undefined,
): Promise<ConsoleInBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-browser-'));
  const home = join(folder, 'home');
  await prepare(home);
  let current = await startConsole(home);
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  return {
    home,
    get console() {
      return current;
    },
    address: (screen) => `${current.url}/ui/${screen}`,
    newWindow: async ({ token, ...options } = {}) => {
      const context = await browser.newContext({
        ignoreHTTPSErrors: true,
        locale: 'en-GB',
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(patienceMs);
      if (token !== undefined) await context.addInitScript(keepSession, token);
      watchRequests(context);
      await listenForComplaints(context, (complaint) => complaints.push(complaint));
      return context.newPage();
    },
    restart: async () => {
      await current.stop();
      current = await startConsole(home);
    },
    complaints: () => complaints.splice(0),
    closeWindows: async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      return complaints.splice(0);
    },
    close: async () => {
      await current.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** In the page, before its own scripts; a reload after signing out must not sign in again. */
function keepSession(token: string): void {
  if (location.protocol !== 'https:' || sessionStorage.getItem('test.signed-in') === 'yes') return;
  sessionStorage.setItem('test.signed-in', 'yes');
  sessionStorage.setItem('chancery.session', token);
}

/** Uses the ticket for a session of the owner. */
export async function redeemTicket(console: RunningConsole): Promise<string> {
  const answer = await curl<{ token: string }>(console, '/api/v1/sessions/redeem', {
    json: { ticket: console.ticket },
  });
  if (answer.status === 201) return answer.json.token;
  throw new Error(`The ticket was refused with ${answer.status}: ${answer.json.detail}`);
}

/** A data folder with a vault in a file and the quick start's set; answers a session of its owner too. */
export async function openWorkingConsole(
  browser: Browser,
): Promise<{ readonly desk: ConsoleInBrowser; readonly token: string }> {
  const desk = await openConsoleInBrowser(browser);
  const token = await redeemTicket(desk.console);
  await askService(desk.console, token, '/api/v1/vault/initialise', { vault: 'file' });
  await askService(desk.console, token, '/api/v1/quickstart', {});
  return { desk, token };
}

/** Posts to the API, for what a test needs but is not about. Throws what the service refused. */
export async function askService<T>(
  console: RunningConsole,
  token: string,
  path: string,
  json: unknown,
): Promise<T> {
  const answer = await curl<T>(console, path, { token, json });
  if (answer.status < 300) return answer.json;
  throw new Error(`${path} answered ${answer.status}: ${answer.json.detail}`);
}
