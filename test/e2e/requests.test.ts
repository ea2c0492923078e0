import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { troubleWithLooks } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { curl } from '../support/curl.ts';
import { describeInBrowser, desk, token } from '../support/describe-in-browser.ts';

const password = 'correct horse battery';

describeInBrowser('requests in the browser', {}, () => {
  const tokens = { admin: '', ann: '' };

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

  async function issue(commonName: string): Promise<string> {
    const path = '/api/v1/certificates';
    const json = { profile: 'tls-server-approval', subject: { commonName } };
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
    await page.getByRole('alert').getByText('Not one of ours.').waitFor();
    await page.goto(desk.address('requests'));
    await page
      .getByRole('row', { name: /no\.example\.com/ })
      .getByText('Rejected')
      .waitFor();
    expect(await troubleWithLooks(page)).toEqual([]);
  });
});
