import { expect, it } from 'vitest';
import { newClient } from '../support/chancery-process.ts';
import { askToken, curl } from '../support/curl.ts';
import { describeInBrowser, desk, page } from '../support/describe-in-browser.ts';
import { runProgram } from '../support/run-program.ts';

describeInBrowser(
  'API clients in the browser',
  { screen: 'clients', window: { permissions: ['clipboard-read', 'clipboard-write'] } },
  () => {
    const dialog = (name: string) => page.getByRole('dialog', { name });
    const region = (name: string) => page.getByRole('dialog').getByRole('region', { name, exact: true });
    const menuOf = async (client: string, item: string) => {
      await page.getByRole('button', { name: `Actions of ${client}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };

    it('says what a client is for, makes one, and the curl line that it shows works as it is', async () => {
      await page.getByRole('heading', { name: 'No API clients yet' }).waitFor();
      await page.getByRole('main').getByRole('button', { name: 'New client' }).first().click();
      const form = dialog('New client');
      await form.getByRole('textbox', { name: 'Name' }).fill('build-server');
      await form.getByText('Default', { exact: true }).waitFor();
      await form.getByRole('combobox', { name: 'Default policy (profile)' }).click();
      await page.getByRole('option', { name: 'TLS server' }).click();
      await form.getByRole('button', { name: 'Create client' }).click();
      const created = dialog('Client created');
      const [clientId, secret, line] = await Promise.all(
        ['Client ID', 'Client secret', 'Try it'].map((name) => region(name).innerText()),
      );
      await page.keyboard.press('Escape');
      expect(await created.isVisible(), 'a secret cannot be lost by one press').toBe(true);

      const copies = created.getByRole('button', { name: 'Copy' });
      await copies.nth(1).click();
      await created.getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret?.trim());
      await created.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('row', { name: /build-server.*Active.*default.*tls-server/ }).waitFor();
      expect(await page.getByText(secret ?? '').count(), 'the secret is gone').toBe(0);

      const env = { CHANCERY_HOME: desk.home };
      const ran = await runProgram('bash', ['-c', (line ?? '').replace('curl', 'curl --silent')], { env });
      const answer = JSON.parse(ran.stdout) as { access_token: string; token_type: string };
      expect(answer.token_type).toBe('Bearer');
      const certificates = await curl(desk.console, '/api/v1/certificates', { token: answer.access_token });
      expect(certificates.status).toBe(200);
      expect(line).toContain(clientId?.trim());
    });

    it('finds a client by a part of its id or of its name, and says by which', async () => {
      const first = await newClient(desk.home, 'Mail Gateway');
      const second = await newClient(desk.home, 'Web Shop');
      await page.reload();
      const search = page.getByRole('searchbox', { name: 'Search by name or client ID' });
      await search.fill(second.clientId.slice(-8));
      await page.getByRole('row', { name: /Web Shop.*found by client ID/ }).waitFor();
      await expect.poll(() => page.getByRole('row', { name: 'Mail Gateway' }).count()).toBe(0);
      await search.fill('L GATE');
      await page.getByRole('row', { name: /Mail Gateway.*found by name/ }).waitFor();
      await page.reload();
      expect(await search.inputValue()).toBe('L GATE');
      await page.getByRole('row', { name: new RegExp(first.clientId) }).waitFor();
      await search.fill('no client has this');
      await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    });

    it('resets a secret, after which the old one opens nothing', async () => {
      const { clientId, clientSecret } = await newClient(desk.home, 'forgetful');
      expect((await askToken(desk.console, { clientId, clientSecret })).status).toBe(200);
      await page.reload();
      await menuOf('forgetful', 'Reset secret');
      await dialog('Reset the secret?').getByRole('button', { name: 'Cancel' }).click();
      expect((await askToken(desk.console, { clientId, clientSecret })).status).toBe(200);
      await menuOf('forgetful', 'Reset secret');
      await dialog('Reset the secret?').getByRole('button', { name: 'Reset secret' }).click();
      await dialog('New secret').waitFor();
      const renewed = (await region('Client secret').innerText()).trim();
      expect(renewed).not.toBe(clientSecret);
      expect((await askToken(desk.console, { clientId, clientSecret })).status).toBe(401);
      expect((await askToken(desk.console, { clientId, clientSecret: renewed })).status).toBe(200);
      await dialog('New secret').getByRole('button', { name: 'Done' }).click();
    });

    it('deletes a client after asking', async () => {
      const client = await newClient(desk.home, 'retired');
      await page.reload();
      await menuOf('retired', 'Delete');
      await dialog('Delete this client?').getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('row', { name: 'retired' }).waitFor({ state: 'detached' });
      expect((await askToken(desk.console, client)).status).toBe(401);
    });
  },
);
