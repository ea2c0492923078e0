import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { looks, seriousViolations } from '../support/check-screen.ts';
import { findChromium } from '../support/chromium.ts';
import {
  askService,
  type ConsoleInBrowser,
  launchQuietChromium,
  openWorkingConsole,
} from '../support/console-in-browser.ts';
import { newSelfSigned } from '../support/openssl.ts';

describe.skipIf(findChromium() === undefined)('the inspect screen', () => {
  let browser: Browser;
  let desk: ConsoleInBrowser;
  let token: string;
  let page: Page;
  let certificate: string;

  beforeAll(async () => {
    browser = await launchQuietChromium();
    ({ desk, token } = await openWorkingConsole(browser));
    ({ certificate } = await askService<{ certificate: string }>(
      desk.console,
      token,
      '/api/v1/certificates',
      {
        realm: 'default',
        profile: 'tls-server',
        subject: { commonName: 'seen.example.test' },
      },
    ));
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });
  beforeEach(async () => {
    page = await desk.newWindow({ token, reducedMotion: 'reduce' });
    await page.goto(desk.address('inspect'));
    await page.getByRole('heading', { level: 1, name: 'Inspect' }).waitFor();
  });
  afterEach(async () => expect(await desk.closeWindows()).toEqual([]));

  const paste = async (text: string) => {
    await page.getByRole('textbox', { name: 'Certificate, request' }).fill(text);
    await page.getByRole('button', { name: 'Look at it' }).click();
  };

  it('says what was pasted, what is in it, and that its chain is valid', async () => {
    await paste(certificate);
    await page.getByText('Valid up to one of our roots').waitFor();
    await page.getByText('certificate (pem)').waitFor();
    await page.getByRole('heading', { level: 2, name: /seen\.example\.test/ }).waitFor();
    await page.getByText('dns:seen.example.test').first().waitFor();
    for (const [scheme, size] of looks) expect(await seriousViolations(page, scheme, size)).toEqual([]);
  });

  it('shows what is wrong with a foreign file, and where its chain breaks', async () => {
    await paste(await newSelfSigned('/C=12/CN=faulty.example.test'));
    await page.getByText('Not valid', { exact: true }).waitFor();
    await page.getByText('The countryName is not a code of two letters.').first().waitFor();
    await page.getByText('Error', { exact: true }).first().waitFor();
    await paste('good morning');
    await page.getByText('Nothing that is known here').waitFor();
  });
});
