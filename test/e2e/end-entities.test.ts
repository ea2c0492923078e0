import { beforeAll, expect, it } from 'vitest';
import { troubleWithLooks } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';

describeInBrowser('end entities in the browser', { window: { reducedMotion: 'reduce' } }, () => {
  beforeAll(async () => {
    await askService(desk.console, token, '/api/v1/certificates', {
      realm: 'default',
      profile: 'tls-server',
      subject: { commonName: 'shop.example.test' },
    });
  });

  const dialog = (name: string) => page.getByRole('dialog', { name });
  const isClean = async () => {
    expect(await troubleWithLooks(page)).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  it('are made, found, changed, archived and taken back', async () => {
    await page.goto(desk.address('end-entities'));
    await page.getByRole('row', { name: /shop\.example\.test/ }).waitFor();
    await page.getByRole('button', { name: 'New end entity' }).click();
    const form = dialog('New end entity');
    await form.getByRole('textbox', { name: 'Common name (CN)' }).fill('lathe-4');
    await form.getByRole('textbox', { name: 'Domain names' }).fill('lathe.plant.test\nl4.plant.test');
    await form.getByRole('textbox', { name: 'IP addresses' }).fill('not an address');
    await form.getByRole('button', { name: 'Add a note' }).click();
    await form.getByRole('textbox', { name: 'Name of note 1' }).fill('hall');
    await form.getByRole('textbox', { name: 'Note 1', exact: true }).fill('north');
    await isClean();
    await form.getByRole('button', { name: 'Create end entity' }).click();
    await expect.poll(() => form.locator('[aria-invalid="true"]').count()).toBe(1);
    await form.getByRole('textbox', { name: 'IP addresses' }).fill('192.0.2.44');
    await form.getByRole('button', { name: 'Create end entity' }).click();
    await page.getByRole('heading', { level: 1, name: 'lathe-4' }).waitFor();
    await page.getByText('lathe.plant.test, l4.plant.test').waitFor();
    await page.getByText('north').waitFor();
    await page.getByText('It has no certificates.').waitFor();
    await isClean();

    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog('Edit lathe-4').getByRole('textbox', { name: 'Organization (O)' }).fill('Plant');
    await dialog('Edit lathe-4').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Plant', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Archive' }).click();
    await dialog('Archive this end entity?').getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Take back' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'End entities' }).click();
    await page.getByRole('row', { name: /shop\.example\.test/ }).waitFor();
    await expect.poll(() => page.getByRole('row', { name: /lathe-4/ }).count()).toBe(0);
    await page.getByText('Archived', { exact: true }).click();
    await page.getByRole('row', { name: /lathe-4.*Plant/ }).click();
    await page.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('button', { name: 'Archive' }).waitFor();
  });

  it('show their certificates, and are searched by what they hold', async () => {
    await page.goto(desk.address('end-entities'));
    const search = page.getByRole('searchbox', { name: 'Search names, domains, addresses, notes' });
    await search.fill('l4.plant');
    await page.getByRole('row', { name: /lathe-4/ }).waitFor();
    await expect.poll(() => page.getByRole('row', { name: /shop/ }).count()).toBe(0);
    await search.fill('shop');
    await page.getByRole('link', { name: 'shop.example.test' }).click();
    const certificates = page.getByRole('region', { name: 'Certificates' }).first();
    await certificates.getByRole('link', { name: 'shop.example.test' }).click();
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
  });
});
