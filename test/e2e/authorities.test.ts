import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { seriousViolations, troubleWithLooks } from '../support/check-screen.ts';
import { curl } from '../support/curl.ts';
import { describeInBrowser, desk, page } from '../support/describe-in-browser.ts';
import { opensslText } from '../support/openssl.ts';
import { savedFile } from '../support/saved-file.ts';

describeInBrowser('authorities in the browser', { screen: 'authorities' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-authorities-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const card = (name: string) => page.getByRole('article', { name });
  /** The item of the tree whose own card has the name, with what stands below it. */
  const branch = (name: string) => page.getByRole('listitem').filter({ has: card(name) });
  const act = async (name: string, item: string) => {
    await page.getByRole('button', { name: `Actions of ${name}` }).click();
    const menu = page.getByRole('menu', { name: `Actions of ${name}` });
    await menu.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const save = (name: string, item: string) => savedFile(page, () => act(name, item));
  const crlNumber = async () => {
    const file = join(folder, 'published.crl');
    writeFileSync(file, (await curl(desk.console, '/crl/issuing.crl')).body);
    const text = await opensslText('crl', '-inform', 'der', '-in', file, '-noout', '-crlnumber');
    return Number(text.trim().split('=')[1]);
  };

  it('creates an authority below the root, which stands there in the tree and verifies by openssl', async () => {
    await branch('Chancery Root CA')
      .getByRole('list')
      .getByRole('article', { name: 'Chancery Issuing CA' })
      .waitFor();
    await page.getByRole('button', { name: 'Create authority' }).click();
    const form = page.getByRole('dialog', { name: 'Create authority' });
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Devices CA');
    expect(await form.getByRole('textbox', { name: 'Short name' }).getAttribute('placeholder')).toBe(
      'devices-ca',
    );
    await form.getByRole('combobox', { name: 'Signed by' }).click();
    await page.getByRole('option', { name: 'Chancery Root CA' }).click();
    await form.getByRole('combobox', { name: 'Key' }).click();
    await page.getByRole('option', { name: 'ECDSA P-384' }).click();
    await form.getByRole('textbox', { name: 'Validity' }).fill('3y');
    await form.getByRole('textbox', { name: 'Organization' }).fill('Example');
    await form.getByRole('button', { name: 'Create authority' }).click();
    await form.waitFor({ state: 'detached' });
    await branch('Chancery Root CA').getByRole('list').getByRole('article', { name: 'Devices CA' }).waitFor();
    await card('Devices CA').getByText('ECDSA P-384').waitFor();

    const root = await save('Chancery Root CA', 'Certificate (PEM)');
    const made = await save('Devices CA', 'Certificate (PEM)');
    expect(made.name).toBe('devices-ca.pem');
    expect(await opensslText('verify', '-CAfile', root.path, made.path)).toContain('OK');
    const withChain = await save('Devices CA', 'Certificate with chain (PEM)');
    expect(withChain.bytes.toString().match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  it('says at its field that a short name is taken', async () => {
    await page.getByRole('button', { name: 'Create authority' }).click();
    const form = page.getByRole('dialog', { name: 'Create authority' });
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Another');
    await form.getByRole('textbox', { name: 'Short name' }).fill('root');
    await form.getByRole('button', { name: 'Create authority' }).click();
    await form.getByRole('alert').getByText('It exists already').waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    expect(await card('Another').count()).toBe(0);
  });

  it('publishes a CRL with the next number, on the screen and at its address', async () => {
    const before = await crlNumber();
    await card('Chancery Issuing CA').getByText(`No. ${before}`).waitFor();
    await act('Chancery Issuing CA', 'Publish CRL');
    await card('Chancery Issuing CA')
      .getByText(`No. ${before + 1}`)
      .waitFor();
    await page.getByText(`CRL ${before + 1} of Chancery Issuing CA is published.`).waitFor();
    expect(await crlNumber()).toBe(before + 1);

    await page.getByRole('link', { name: 'Chancery Issuing CA' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chancery Issuing CA' }).waitFor();
    await page.getByRole('button', { name: 'Publish CRL' }).click();
    await page
      .getByRole('definition')
      .getByText(String(before + 2), { exact: true })
      .waitFor();
    expect(await crlNumber()).toBe(before + 2);
    await page.getByRole('button', { name: 'Download' }).click();
    const saved = await savedFile(page, () => page.getByRole('menuitem', { name: 'CRL (PEM)' }).click());
    const number = await opensslText('crl', '-in', saved.path, '-noout', '-crlnumber');
    expect(Number(number.trim().split('=')[1])).toBe(before + 2);
  });

  it('changes how CRLs are issued, and shows the delta and whether the folder has them', async () => {
    await page.getByRole('link', { name: 'Chancery Issuing CA' }).click();
    await page.getByRole('button', { name: 'Change' }).click();
    const form = page.getByRole('dialog', { name: 'CRLs of Chancery Issuing CA' });
    await form.getByRole('textbox', { name: 'Validity in hours' }).fill('24');
    await form.getByRole('textbox', { name: 'Renewed before its end, hours' }).fill('24');
    await form.getByRole('switch', { name: 'Delta CRL' }).check();
    await form.getByRole('textbox', { name: 'Folder' }).fill(folder);
    await form.getByRole('button', { name: 'Save and publish' }).click();
    await form.getByText('The overlap must be shorter than the validity of 24 hours.').waitFor();
    expect(await seriousViolations(page, 'light', 'usual')).toEqual([]);
    await form.getByRole('textbox', { name: 'Renewed before its end, hours' }).fill('6');
    await form.getByRole('button', { name: 'Save and publish' }).click();
    await form.waitFor({ state: 'detached' });

    const number = await crlNumber();
    const parts = page.getByRole('table', { name: 'Delta and shards' });
    await parts.getByRole('row', { name: new RegExp(`Delta since ${number - 1}`) }).waitFor();
    await page.getByRole('definition').getByText('6 hours').waitFor();
    await page.getByRole('definition').getByText(`CRL ${number}`, { exact: true }).waitFor();
    const text = await opensslText(
      ...['crl', '-inform', 'der', '-in', join(folder, 'issuing.crl'), '-noout', '-crlnumber'],
    );
    expect(Number(text.trim().split('=')[1])).toBe(number);
    // Without the message of success, which goes by itself.
    await page.reload();
    await page.getByRole('definition').getByText('6 hours').waitFor();
    expect(await troubleWithLooks(page)).toEqual([]);
  });
});
