import { expect, it } from 'vitest';
import { newClient } from '../support/chancery-process.ts';
import { seriousViolations } from '../support/check-screen.ts';
import { askToken } from '../support/curl.ts';
import { describeInBrowser, desk, page } from '../support/describe-in-browser.ts';

const password = 'correct horse battery';

describeInBrowser('who may act, in the browser', {}, () => {
  const look = async () => [
    ...(await seriousViolations(page, 'light', 'usual')),
    ...(await seriousViolations(page, 'dark', 'small')),
  ];

  it('shows a client with its secrets and what it may do, changes it, and ends its token', async () => {
    const client = await newClient(desk.home, 'build server');
    await askToken(desk.console, client);
    await page.goto(desk.address('clients'));
    await page.getByRole('link', { name: 'build server' }).click();
    const access = page.getByRole('region', { name: 'What may it do, and why' });
    await access.getByText('certificates.private-key', { exact: true }).waitFor();
    await access.getByRole('searchbox').fill('requests.cancel');
    await expect.poll(() => access.getByRole('listitem').count()).toBe(1);
    await access.getByText('own only').waitFor();
    expect(await look()).toEqual([]);
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('build farm');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'build farm', level: 1 }).waitFor();

    await page.goto(desk.address('sessions'));
    await page.getByRole('button', { name: `End the token of ${client.clientId}` }).click();
    await page.getByText('No token lives.').waitFor();
    expect(await look()).toEqual([]);
  });

  it('makes a realm, a role and the first operator, who signs in and holds them', async () => {
    await page.goto(desk.address('realms'));
    await page.getByRole('button', { name: 'New realm' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Plant north');
    await page.getByRole('textbox', { name: 'Short name' }).fill('plant');
    await page.getByRole('button', { name: 'Create realm' }).click();
    await page.getByRole('row', { name: /Plant north.*Active/ }).waitFor();

    await page.goto(desk.address('operators?tab=roles'));
    await page.getByRole('button', { name: 'New role' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Help desk');
    await page.getByRole('textbox', { name: 'Short name' }).fill('desk');
    await page.getByRole('checkbox', { name: 'requests.cancel', exact: true }).check();
    await page.getByRole('checkbox', { name: 'requests.cancel only for own objects' }).check();
    await page.getByRole('button', { name: 'Create role' }).click();
    await page.getByRole('region', { name: 'desk' }).getByText('own only').waitFor();

    await page.goto(desk.address('operators'));
    await page.getByRole('main').getByRole('button', { name: 'New operator' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('ada');
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Create operator' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('ada');
    await page.locator('input[type=password]').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'ada' }).click();
    await page.getByRole('button', { name: 'Give a role' }).click();
    await page.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'desk' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Give role' }).click();
    await page.getByRole('region', { name: 'Roles' }).getByText('desk').waitFor();
    expect(await look()).toEqual([]);
  });
});
