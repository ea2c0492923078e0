import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { askChancery } from '../support/chancery-process.ts';
import { troubleWithLooks } from '../support/check-screen.ts';
import { findChromium } from '../support/chromium.ts';
import {
  type ConsoleInBrowser,
  launchQuietChromium,
  openConsoleInBrowser,
} from '../support/console-in-browser.ts';
import { secretFile } from '../support/secret-file.ts';

/** One h1 with these words, nothing to scroll sideways, no serious violation, in every look. */
async function expectGoodLooks(page: Page, word: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: word, exact: true }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  expect(await troubleWithLooks(page), word).toEqual([]);
}

describe.skipIf(findChromium() === undefined)('the look of what comes before the screens', () => {
  let browser: Browser;
  let desk: ConsoleInBrowser;
  beforeAll(async () => {
    browser = await launchQuietChromium();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const complaints = await desk.closeWindows();
    await desk.close();
    expect(complaints).toEqual([]);
  });
  const arrive = async (fragment: string) => {
    const page = await desk.newWindow({ reducedMotion: 'reduce' });
    await page.goto(desk.address(fragment));
    return page;
  };
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it('is good in the first run, from the welcome to the import', async () => {
    desk = await openConsoleInBrowser(browser);
    await expectGoodLooks(await arrive(''), 'Welcome to Chancery');
    const page = await arrive(`#ticket=${desk.console.ticket}`);
    await page.getByRole('radio', { name: 'Passphrase' }).click();
    await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('weak one');
    await page.getByRole('textbox', { name: 'Repeat the passphrase' }).fill('another');
    await expectGoodLooks(page, 'Choose the vault');
    await page.getByRole('radio', { name: 'Key file' }).click();
    await expectGoodLooks(page, 'Choose the vault');
    await press(page, 'Create the vault');
    await expectGoodLooks(page, 'What should be there to begin with?');
    await page.getByRole('radio', { name: 'Import an authority' }).click();
    await press(page, 'Continue');
    await expectGoodLooks(page, 'Import an authority');
  });

  it('is good where one signs in, and where a password is wrong', async () => {
    const file = secretFile('a password of ada');
    desk = await openConsoleInBrowser(browser, async (home) => {
      await askChancery(home, ['init', '--vault', 'file']);
      const operator = ['operators', 'create', '--name', 'ada', '--role', 'administrator'];
      await askChancery(home, [...operator, '--password-file', file]);
    });
    const page = await arrive('');
    await page.getByRole('textbox', { name: 'Name' }).fill('ada');
    await page.getByRole('textbox', { name: 'Password' }).fill('not that');
    await press(page, 'Sign in');
    await page.getByRole('alert').waitFor();
    await expectGoodLooks(page, 'Sign in');
  });

  it('is good where the vault is locked', async () => {
    const file = secretFile('a phrase of words');
    desk = await openConsoleInBrowser(browser, (home) =>
      askChancery(home, ['init', '--vault', 'passphrase', '--passphrase-file', file]),
    );
    const page = await arrive('');
    await page.getByRole('textbox', { name: 'Passphrase' }).fill('not that');
    await press(page, 'Unlock');
    await page.getByRole('alert').waitFor();
    await expectGoodLooks(page, 'The vault is locked');
  });
});
