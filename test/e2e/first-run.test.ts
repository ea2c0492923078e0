import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../support/chromium.ts';
import {
  type ConsoleInBrowser,
  launchQuietChromium,
  openConsoleInBrowser,
} from '../support/console-in-browser.ts';
import { opensslText } from '../support/openssl.ts';

describe.skipIf(findChromium() === undefined)('the first run', () => {
  let browser: Browser;
  let desk: ConsoleInBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchQuietChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    desk = await openConsoleInBrowser(browser);
    page = await desk.newWindow();
  });
  afterEach(async () => {
    const complaints = await desk.closeWindows();
    await desk.close();
    expect(complaints).toEqual([]);
  });

  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const arrive = async () => {
    await page.goto(desk.address(`#ticket=${desk.console.ticket}`));
    await heading('Choose the vault').waitFor();
  };
  const makeFileVault = async () => {
    await page.getByRole('radio', { name: 'Key file' }).click();
    await press('Create the vault');
    await heading('What should be there to begin with?').waitFor();
  };

  it('goes from the printed link by a vault in a file and the quick start to the dashboard', async () => {
    await arrive();
    expect(page.url(), 'the ticket does not stay in the address').toBe(desk.address(''));
    await page.getByRole('radio', { name: 'Key file' }).click();
    await page.getByRole('alert').getByText('Whoever can read the file can use the keys').waitFor();
    await press('Create the vault');
    await heading('What should be there to begin with?').waitFor();
    await page.reload();
    await heading('What should be there to begin with?').waitFor();
    await press('Make the working set');
    await heading('Dashboard').waitFor();
    await page.getByRole('heading', { name: 'Next steps' }).waitFor();
    await page.getByRole('link', { name: 'Authorities' }).click();
    const tree = page.getByRole('list', { name: 'Authorities' });
    await tree.getByRole('article', { name: 'Chancery Root CA' }).waitFor();
    await tree.getByRole('article', { name: 'Chancery Issuing CA' }).waitFor();
  });

  it('takes a passphrase only when it is long enough and typed twice the same', async () => {
    await arrive();
    await page.getByRole('radio', { name: 'Passphrase' }).click();
    const create = page.getByRole('button', { name: 'Create the vault' });
    const [first, second] = [
      page.getByRole('textbox', { name: 'Passphrase', exact: true }),
      page.getByRole('textbox', { name: 'Repeat the passphrase' }),
    ];
    await first.fill('short');
    await second.fill('short');
    expect(await create.isDisabled()).toBe(true);
    await first.fill('correct horse battery staple');
    await second.fill('correct horse battery stable');
    await page.getByText('The two are not the same.').waitFor();
    expect(await create.isDisabled()).toBe(true);
    await second.fill('correct horse battery staple');
    await page.getByRole('status').getByText('Strong.').waitFor();
    await create.click();
    await heading('What should be there to begin with?').waitFor();
    await page.getByRole('radio', { name: 'Start empty' }).click();
    await press('Open Chancery');
    await heading('Dashboard').waitFor();
    const steps = page.getByRole('region', { name: 'Next steps' });
    expect(await steps.getByRole('button', { name: 'Issue it' }).isDisabled()).toBe(true);
    await steps.getByRole('button', { name: 'Quick start' }).click();
    await steps.getByText('Done').waitFor();
    expect(await steps.getByRole('button', { name: 'Issue it' }).isEnabled()).toBe(true);
  });

  it('refuses a ticket that was used already, and says where another comes from', async () => {
    const link = desk.address(`#ticket=${desk.console.ticket}`);
    await arrive();
    const second = await desk.newWindow();
    await second.goto(link);
    await second.getByRole('heading', { level: 1, name: 'Welcome to Chancery' }).waitFor();
    await second.getByRole('alert').getByText('The ticket was used already').waitFor();
    await second.getByText('Restart Chancery to get another.').waitFor();
    expect(second.url()).toBe(desk.address(''));
  });

  describe('with a CA that openssl made', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chancery-ca-'));
    const keyFile = join(folder, 'key.pem');
    const certificateFile = join(folder, 'ca.pem');
    const bundleFile = join(folder, 'ca.p12');
    beforeAll(async () => {
      await opensslText(
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:P-256',
          '-nodes',
          '-days',
          '3650',
        ],
        ...['-subj', '/CN=Old Company CA', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
        ...['-keyout', keyFile, '-out', certificateFile],
      );
      await opensslText(
        ...['pkcs12', '-export', '-inkey', keyFile, '-in', certificateFile, '-out', bundleFile],
        ...['-passout', 'pass:old secret'],
      );
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    beforeEach(async () => {
      await arrive();
      await makeFileVault();
      await page.getByRole('radio', { name: 'Import an authority' }).click();
      await press('Continue');
      await heading('Import an authority').waitFor();
    });

    const choose = async (button: string, file: string) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(button)]);
      await chooser.setFiles(file);
    };
    const seesItsCertificate = async () => {
      await heading('Dashboard').waitFor();
      await page.getByRole('link', { name: 'Authorities' }).click();
      await page.getByRole('link', { name: 'Old Company', exact: true }).click();
      const pem = page.getByRole('region', { name: 'Certificate' });
      expect((await pem.innerText()).trim()).toBe(readFileSync(certificateFile, 'utf8').trim());
    };

    it('takes it over from PKCS#12, once the passphrase is right', async () => {
      await choose('Choose a file', bundleFile);
      await page.getByText('ca.p12').waitFor();
      await page.getByRole('textbox', { name: 'Name' }).fill('Old Company');
      const passphrase = page.getByRole('textbox', { name: 'Passphrase' });
      await passphrase.fill('not that');
      await press('Import authority');
      await page.getByText('The passphrase does not open the file').first().waitFor();
      await passphrase.fill('old secret');
      await press('Import authority');
      await seesItsCertificate();
    });

    it('takes it over from PEM', async () => {
      await page.getByText('PEM', { exact: true }).click();
      await page
        .getByRole('textbox', { name: 'Certificate, with its chain below it' })
        .fill(readFileSync(certificateFile, 'utf8'));
      await page.getByRole('textbox', { name: 'Private key' }).fill(readFileSync(keyFile, 'utf8'));
      await page.getByRole('textbox', { name: 'Name' }).fill('Old Company');
      await press('Import authority');
      await seesItsCertificate();
    });
  });
});
