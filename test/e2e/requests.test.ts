import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { troubleWithLooks } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { curl } from '../support/curl.ts';
import { describeInBrowser, desk, token } from '../support/describe-in-browser.ts';
import { opensslText } from '../support/openssl.ts';
import { savedFile } from '../support/saved-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const password = 'correct horse battery';

describeInBrowser('requests in the browser', {}, () => {
  const tokens = { admin: '', ann: '' };
  const outside = temporaryFolder('outside');

  beforeAll(async () => {
    const signIn = async (name: string) =>
      (await curl<{ token: string }>(desk.console, '/api/v1/sessions', { json: { name, password } })).json
        .token;
    const operators = '/api/v1/operators';
    await askService(desk.console, token, operators, {
      name: 'admin',
      role: 'administrator',
      password,
    });
    tokens.admin = await signIn('admin');
    await askService(desk.console, tokens.admin, operators, {
      name: 'ann',
      role: 'approver',
      realms: ['default'],
      password,
    });
    tokens.ann = await signIn('ann');
  });

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  async function issue(commonName: string, profile = 'tls-server-approval'): Promise<string> {
    const path = '/api/v1/certificates';
    const json = { profile, subject: { commonName } };
    return (await askService<{ requestId: string }>(desk.console, tokens.admin, path, json)).requestId;
  }

  it('waits after issuing, is approved by another person, and is collected by who asked', async () => {
    const mine = await desk.newWindow({ token: tokens.admin });
    await mine.goto(desk.address('certificates'));
    await mine.getByRole('button', { name: 'Issue certificate' }).first().click();
    const form = mine.getByRole('dialog', { name: 'Issue certificate' });
    await form.getByRole('combobox', { name: 'Profile' }).click();
    await mine.getByRole('option', { name: 'Server after approval' }).click();
    await form.getByRole('textbox', { name: 'Common name' }).fill('shop.example.com');
    await form.getByRole('button', { name: 'Issue', exact: true }).click();
    await mine.getByRole('dialog', { name: 'Waiting for approval' }).waitFor();
    await mine.getByRole('link', { name: 'Open the request' }).click();
    await mine.getByRole('heading', { name: 'shop.example.com', level: 1 }).waitFor();
    expect(await mine.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    const page = await desk.newWindow({ token: tokens.ann });
    await page.goto(desk.address('requests'));
    await page.getByRole('link', { name: 'Requests' }).getByRole('img', { name: '1 waits' }).waitFor();
    await page.getByText('Waiting for me').click();
    await page.getByRole('link', { name: 'shop.example.com' }).click();
    await page.getByText('The policy permits all of it, as of now.').waitFor();
    expect(await troubleWithLooks(page)).toEqual([]);
    await press(page, 'Approve');
    const dialog = page.getByRole('dialog', { name: 'Approve the request' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('It is our shop.');
    await dialog.getByRole('button', { name: 'Approve and issue' }).click();
    await page.getByText('ann approved').waitFor();

    await mine.reload();
    await press(mine, 'Collect certificate and key');
    const collecting = mine.getByRole('dialog', { name: 'Collect certificate and key' });
    await collecting.getByRole('button', { name: 'Collect certificate and key' }).click();
    await mine.getByText('BEGIN PRIVATE KEY').waitFor();
  });

  it('is rejected with a reason, which stays', async () => {
    const id = await issue('no.example.com');
    const page = await desk.newWindow({ token: tokens.ann });
    await page.goto(desk.address(`requests/${id}`));
    await press(page, 'Reject');
    const dialog = page.getByRole('dialog', { name: 'Reject the request' });
    expect(await dialog.getByRole('button', { name: 'Reject' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Not one of ours.');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('alert', { name: 'It was rejected' }).getByText('Not one of ours.').waitFor();
    await page.goto(desk.address('requests'));
    await page
      .getByRole('row', { name: /no\.example\.com/ })
      .getByText('Rejected')
      .waitFor();
    expect(await troubleWithLooks(page)).toEqual([]);
  });

  it('goes out to an authority outside, and takes back the certificate for its key only', async () => {
    const page = await desk.newWindow({ token: tokens.admin });
    await page.goto(desk.address('requests'));
    await press(page, 'Ask an authority outside');
    const form = page.getByRole('dialog', { name: 'Ask an authority outside' });
    await form.getByRole('combobox', { name: 'Profile' }).click();
    await page.getByRole('option', { name: 'TLS server', exact: true }).click();
    await form.getByRole('textbox', { name: 'Common name' }).fill('public.example.com');
    expect(await troubleWithLooks(page)).toEqual([]);
    await form.getByRole('button', { name: 'Make the request' }).click();
    await page.getByRole('heading', { name: 'public.example.com', level: 1 }).waitFor();
    await page.getByText('Waiting for the authority').waitFor();
    const csr = await savedFile(page, () => press(page, 'Request (PEM)'));
    expect(csr.name).toBe('public.example.com.csr.pem');
    const ca = ['-days', '30', '-CA', join(outside, 'ca.pem'), '-CAkey', join(outside, 'ca.key')];
    await opensslText(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj'],
      ...['/CN=Outside CA', '-keyout', join(outside, 'ca.key'), '-out', join(outside, 'ca.pem')],
    );
    const certificate = await opensslText('x509', '-req', '-in', csr.path, ...ca, '-copy_extensions', 'copy');
    await press(page, 'Put the certificate back');
    const dialog = page.getByRole('dialog', { name: 'The certificate of the authority' });
    const text = dialog.getByRole('textbox', { name: 'Certificate, with its chain below it' });
    await text.fill(readFileSync(join(outside, 'ca.pem'), 'utf8'));
    await dialog.getByText('It is for another key').waitFor();
    expect(await dialog.getByRole('button', { name: 'Take it in' }).isDisabled()).toBe(true);
    await text.fill(certificate + readFileSync(join(outside, 'ca.pem'), 'utf8'));
    await dialog.getByText('It is for the key of this request').waitFor();
    expect(await troubleWithLooks(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Take it in' }).click();
    await page.getByText('The certificate is there').waitFor();
    await press(page, 'Collect certificate and key');
  });

  it('follows the steps that a profile was given in the window, to the person that one names', async () => {
    const admin = await desk.newWindow({ token: tokens.admin });
    await admin.goto(desk.address('profiles'));
    await press(admin, 'Change TLS server');
    const editor = admin.getByRole('dialog', { name: 'Change profile TLS server' });
    await editor.getByRole('switch', { name: 'Somebody has to approve before it is issued' }).click();
    await editor.getByRole('button', { name: 'Two steps' }).click();
    const second = editor.getByRole('listitem').nth(1);
    await second.getByRole('textbox', { name: 'Name of the step' }).fill('Security');
    const roles = second.getByRole('combobox', { name: 'Who may approve' });
    for (let role = 0; role < 2; role += 1) await roles.press('Backspace');
    await second.getByText('Name roles or people.').waitFor();
    await second.getByRole('combobox', { name: 'and these people' }).click();
    await admin.getByRole('option', { name: 'ann' }).click();
    expect(await troubleWithLooks(admin)).toEqual([]);
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.waitFor({ state: 'detached' });
    await admin.goto(desk.address(`requests/${await issue('steps.example.com', 'tls-server')}`));
    await admin.getByText('It waits for others: Approval').waitFor();
    const approval = admin.getByRole('listitem').filter({ hasText: '2. Security' });
    await approval.getByText('For: ann').waitFor();
    await admin.goto(desk.address('dashboard'));
    await admin.getByRole('heading', { name: 'Waiting for you' }).waitFor();

    const ann = await desk.newWindow({ token: tokens.ann });
    await ann.goto(desk.address('dashboard'));
    await ann.getByRole('link', { name: /1 request awaits you/ }).click();
    await ann.getByRole('link', { name: 'steps.example.com' }).waitFor();
  });
});
