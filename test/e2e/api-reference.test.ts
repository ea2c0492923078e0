import { expect, it } from 'vitest';
import { newClient, prepareHome } from '../support/chancery-process.ts';
import { askToken } from '../support/curl.ts';
import { describeInBrowser, desk, page } from '../support/describe-in-browser.ts';

describeInBrowser('the API reference in the browser', { prepare: prepareHome, as: 'nobody' }, () => {
  it('shows the operations, takes the bare token, and lists certificates with it', async () => {
    const client = await newClient(desk.home, 'Reference');
    const { access_token: token } = (await askToken(desk.console, client)).json;
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
