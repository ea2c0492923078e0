import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { curl } from '../support/curl.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';
import { opensslText } from '../support/openssl.ts';

describeInBrowser('pending certificates in the browser', { screen: 'pending' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-pending-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const dialog = (name: string) => page.getByRole('dialog', { name });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const inbox = () => page.getByRole('list', { name: 'Pending certificates' });
  const deviceClients = async () => {
    const answer = await curl<{ items: { alias: string }[] }>(desk.console, '/api/v1/device-clients', {
      token,
    });
    return answer.json.items.map(({ alias }) => alias);
  };
  /** A certificate that a device made for itself; answers its file. */
  const device = async (name: string) => {
    const file = join(folder, `${name}.pem`);
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${file}.key`];
    await opensslText('req', '-x509', ...key, '-subj', `/CN=${name}`, '-days', '30', '-out', file);
    return file;
  };
  const add = async (file: string) => {
    await press('Add a certificate');
    const form = dialog('Add a certificate');
    await form.getByRole('textbox', { name: 'Certificate' }).fill(readFileSync(file, 'utf8'));
    await form.getByRole('button', { name: 'Add to the inbox' }).click();
    await form.waitFor({ state: 'detached' });
  };

  it('begins empty, takes a certificate, and makes a device client of it when it is accepted', async () => {
    await page.getByRole('heading', { name: 'Nothing is pending' }).waitFor();
    const file = await device('camera-17');
    await add(file);
    const card = inbox().getByRole('listitem').filter({ hasText: 'camera-17' });
    await card.getByRole('heading', { name: 'camera-17' }).waitFor();
    await page
      .getByRole('link', { name: 'Pending certificates' })
      .getByRole('img', { name: '1 waits' })
      .waitFor();

    const [, fingerprint = ''] = (await opensslText('x509', '-in', file, '-noout', '-fingerprint', '-sha256'))
      .trim()
      .split('=');
    const compare = card.getByRole('textbox', { name: 'Compare with the fingerprint that the device shows' });
    await compare.fill(fingerprint.replaceAll(':', ' ').toLowerCase());
    await card.getByRole('status').getByText('The same', { exact: true }).waitFor();
    await compare.fill(fingerprint.replace(/^../, '00'));
    await card.getByRole('status').getByText('Not the same').waitFor();

    await press('Accept camera-17');
    const ask = dialog('Accept this certificate?');
    await ask.getByRole('textbox', { name: 'Alias' }).fill('camera at the gate');
    await ask.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('heading', { name: 'Nothing is pending' }).waitFor();
    expect(await deviceClients()).toEqual(['camera at the gate']);
  });

  it('forgets a certificate that is rejected, and makes nothing of it', async () => {
    const before = await deviceClients();
    await add(await device('stranger'));
    await press('Reject stranger');
    const ask = dialog('Reject this certificate?');
    await ask.getByRole('textbox', { name: 'Reason (optional)' }).fill('Nobody knows it');
    await ask.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('heading', { name: 'Nothing is pending' }).waitFor();
    expect(await deviceClients()).toEqual(before);
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('button', { name: 'pending.rejected' }).click();
    await page.getByRole('dialog').getByText('Nobody knows it').waitFor();
  });

  it('says what is wrong with what is no certificate, and takes the right one then', async () => {
    await press('Add a certificate');
    const form = dialog('Add a certificate');
    const field = form.getByRole('textbox', { name: 'Certificate' });
    await field.fill('-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----');
    await form.getByRole('button', { name: 'Add to the inbox' }).click();
    await form.getByRole('alert', { name: 'The certificate cannot be read' }).waitFor();
    await field.fill(readFileSync(await device('corrected'), 'utf8'));
    await form.getByRole('button', { name: 'Add to the inbox' }).click();
    await inbox().getByRole('heading', { name: 'corrected' }).waitFor();
  });
});
