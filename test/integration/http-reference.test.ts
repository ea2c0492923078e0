import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newClient, prepareHome, type RunningConsole, startConsole } from '../support/chancery-process.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { askToken } from '../support/curl.ts';

describe.skipIf(findChromium() === undefined)('the reference pages in a browser', () => {
  const home = mkdtempSync(join(tmpdir(), 'chancery-reference-'));
  let console: RunningConsole;
  let browser: Browser;

  beforeAll(async () => {
    await prepareHome(home);
    console = await startConsole(home);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await console?.stop();
    rmSync(home, { recursive: true });
  });

  it('authorise with a token and try an operation, without a violation of their policy or a file from outside', async () => {
    const client = await newClient(home, 'Reference');
    const { access_token: token } = (await askToken(console, client)).json;
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    const complaints: string[] = [];
    const foreign: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(console.url) && !request.url().startsWith('data:'))
        foreign.push(request.url());
    });

    await page.goto(`${console.url}/reference`);
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.getByLabel('auth-bearer-value').fill(token);
    await page.getByLabel('Apply credentials').first().click();
    await page.getByRole('button', { name: 'Close' }).first().click();
    await page.locator('[id^=operations-certificates]', { hasText: 'List and search certificates' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.getByText('"totalIsCapped"').first().waitFor();

    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  });
});
