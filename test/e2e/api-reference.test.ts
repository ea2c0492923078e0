import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newClient, prepareHome } from '../support/chancery-process.ts';
import { findChromium } from '../support/chromium.ts';
import {
  type ConsoleInBrowser,
  launchQuietChromium,
  openConsoleInBrowser,
} from '../support/console-in-browser.ts';
import { askToken } from '../support/curl.ts';

describe.skipIf(findChromium() === undefined)('the API reference in the browser', () => {
  let browser: Browser;
  let desk: ConsoleInBrowser;
  beforeAll(async () => {
    browser = await launchQuietChromium();
    desk = await openConsoleInBrowser(browser, prepareHome);
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });
  // What a window asks from elsewhere is among its complaints.
  afterEach(async () => expect(await desk.closeWindows()).toEqual([]));

  it('shows the operations, takes the bare token, and lists certificates with it', async () => {
    const client = await newClient(desk.home, 'Reference');
    const { access_token: token } = (await askToken(desk.console, client)).json;
    const page = await desk.newWindow();
    await page.goto(`${desk.console.url}/reference`);
    const list = page.getByRole('button', { name: 'GET /certificates List and search certificates' });
    await list.waitFor();
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.getByLabel('auth-bearer-value').fill(token);
    await page.getByLabel('Apply credentials').first().click();
    await page.getByRole('button', { name: 'Close' }).first().click();
    await list.click();
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/api/v1/certificates')),
      page.getByRole('button', { name: 'Execute' }).click(),
    ]);
    expect(answer.status()).toBe(200);
    expect(await answer.request().headerValue('authorization')).toBe(`Bearer ${token}`);
    await page.getByText('"totalIsCapped"').first().waitFor();
  });
});
