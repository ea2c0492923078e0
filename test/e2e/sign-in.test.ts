import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askChancery } from '../support/chancery-process.ts';
import { findChromium } from '../support/chromium.ts';
import {
  type ConsoleInBrowser,
  launchQuietChromium,
  openConsoleInBrowser,
} from '../support/console-in-browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'chancery-sign-in-'));
const secretFile = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, `${text}\n`);
  return path;
};
afterAll(() => rmSync(folder, { recursive: true }));

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const signIn = async (page: Page, password: string) => {
  await page.getByRole('textbox', { name: 'Name' }).fill('ada');
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

describe.skipIf(findChromium() === undefined)('signing in where operators exist', () => {
  let browser: Browser;
  let desk: ConsoleInBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchQuietChromium();
    const password = secretFile('password', 'a password of ada');
    desk = await openConsoleInBrowser(browser, async (home) => {
      await askChancery(home, ['init', '--vault', 'file']);
      await askChancery(home, ['quickstart']);
      const operator = ['operators', 'create', '--name', 'ada', '--role', 'administrator'];
      await askChancery(home, [...operator, '--password-file', password]);
    });
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });
  beforeEach(async () => {
    page = await desk.newWindow();
    await page.goto(desk.address('certificates?search=anything'));
    await heading(page, 'Sign in').waitFor();
  });
  afterEach(async () => expect(await desk.closeWindows()).toEqual([]));

  it('prints no ticket, and takes none', async () => {
    expect(desk.console.ticket).toBeNull();
    await page.goto(desk.address('#ticket=of-my-own-making'));
    await heading(page, 'Sign in').waitFor();
    await page.getByRole('alert', { name: 'The credentials are not right' }).waitFor();
    expect(page.url()).toBe(desk.address(''));
    expect(await page.getByRole('navigation').count()).toBe(0);
  });

  it('tells a wrong password from a right one, empties the field, and opens the address that was asked for', async () => {
    await signIn(page, 'not that one');
    await page.getByRole('alert', { name: 'The credentials are not right' }).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('');
    await signIn(page, 'a password of ada');
    await heading(page, 'Certificates').waitFor();
    expect(page.url()).toBe(desk.address('certificates?search=anything'));
    await page.getByRole('button', { name: /^ada/ }).waitFor();
  });

  it('keeps the session over a reload, to its own tab, until one signs out', async () => {
    await signIn(page, 'a password of ada');
    await heading(page, 'Certificates').waitFor();
    await page.reload();
    await heading(page, 'Certificates').waitFor();

    const other = await page.context().newPage();
    await other.goto(desk.address('clients'));
    await heading(other, 'Sign in').waitFor();
    await signIn(other, 'a password of ada');
    await heading(other, 'API clients').waitFor();

    await page.getByRole('button', { name: /^ada/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading(page, 'Sign in').waitFor();
    await page.reload();
    await heading(page, 'Sign in').waitFor();
    await other.reload();
    await heading(other, 'API clients').waitFor();
  });

  it('asks again once the session is void on the other side', async () => {
    await signIn(page, 'a password of ada');
    await heading(page, 'Certificates').waitFor();
    await page.evaluate(() => sessionStorage.setItem('chancery.session', 'a token that was never given'));
    await page.reload();
    await heading(page, 'Sign in').waitFor();
  });
});

describe.skipIf(findChromium() === undefined)('a vault under a passphrase', () => {
  let browser: Browser;
  let desk: ConsoleInBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchQuietChromium();
    const passphrase = secretFile('passphrase', 'a phrase of words');
    desk = await openConsoleInBrowser(browser, (home) =>
      askChancery(home, ['init', '--vault', 'passphrase', '--passphrase-file', passphrase]),
    );
    page = await desk.newWindow();
  });
  afterAll(async () => {
    const complaints = await desk?.closeWindows();
    await browser?.close();
    await desk?.close();
    expect(complaints).toEqual([]);
  });

  const unlock = async (phrase: string) => {
    await page.getByRole('textbox', { name: 'Passphrase' }).fill(phrase);
    await page.getByRole('button', { name: 'Unlock' }).click();
  };

  it('is locked after a start, says that a passphrase is wrong, and opens by the right one', async () => {
    await page.goto(desk.address(`#ticket=${desk.console.ticket}`));
    await heading(page, 'The vault is locked').waitFor();
    await unlock('not that one');
    await page.getByRole('alert', { name: 'The credentials are not right' }).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'Passphrase' }).inputValue()).toBe('');
    await unlock('a phrase of words');
    // The listener's own certificate changes here too: what is asked next comes over a new connection.
    await heading(page, 'Dashboard').waitFor();
    await page.reload();
    await heading(page, 'Dashboard').waitFor();
  });

  it('is locked again at a press, for every window, and opens again', async () => {
    const token = await page.evaluate(() => sessionStorage.getItem('chancery.session') ?? '');
    const other = await desk.newWindow({ token });
    await other.goto(desk.address('certificates'));
    await heading(other, 'Certificates').waitFor();
    await page.getByRole('button', { name: /^owner/ }).click();
    await page.getByRole('menuitem', { name: 'Lock the vault' }).click();
    await heading(page, 'The vault is locked').waitFor();
    await other.getByRole('link', { name: 'Authorities' }).click();
    await heading(other, 'The vault is locked').waitFor();
    await unlock('a phrase of words');
    await heading(page, 'Dashboard').waitFor();
  });
});
