import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openInProcess } from '../support/chancery-in-process.ts';
import { troubleWithLooks } from '../support/check-screen.ts';
import { describeInBrowser, desk, page } from '../support/describe-in-browser.ts';
import { settled } from '../support/settled.ts';

const dayMs = 86_400_000;

/** An office that began 85 days ago: one certificate is near its end, one renews itself as soon as it is opened. */
async function prepare(home: string): Promise<void> {
  const office = await openInProcess({ home, prepares: 'nothing' });
  office.advance(-85 * dayMs);
  await office.must('vault.initialise', { vault: 'file' });
  await office.must('system.quickstart', {});
  const issue = (commonName: string) =>
    office.must('certificates.issue', { profile: 'tls-server', realm: 'default', subject: { commonName } });
  await issue('forgotten.example');
  const { id } = await issue('itself.example');
  await office.must('certificates.configure', { id, autoRenew: true });
  await office.chancery.close();
}

describeInBrowser('renewals and alerts in the browser', { prepare }, () => {
  it('tells of what nobody renews, until someone has seen it', async () => {
    await page.goto(desk.address('alerts'));
    const list = page.getByRole('list', { name: 'Alerts' });
    await list.getByText('forgotten.example').waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
    const badge = page.getByRole('link', { name: /Alerts/ }).getByRole('img', { name: '1 waits' });
    await badge.waitFor();
    await page.getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await list.getByText('seen by').waitFor();
    await badge.waitFor({ state: 'detached' });
  });

  it('has renewed by itself, and shows both certificates of the order', async () => {
    await page.goto(desk.address('certificates'));
    await page.getByRole('link', { name: 'itself.example' }).first().click();
    await page.getByRole('tab', { name: 'Order' }).click();
    const table = page.getByRole('table', { name: 'Certificates of this order' });
    await table.waitFor();
    expect(await table.getByRole('row').count()).toBe(3);
    await page.getByText('Chancery renews it by itself').waitFor();
    await page.getByRole('switch', { name: 'Renew by itself' }).click({ force: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Someone has to renew it.').waitFor();
    await page.getByRole('button', { name: 'As the profile says' }).waitFor();
  });

  it('counts in the calendar what is due on each day, lists a day, and gives a calendar file', async () => {
    await page.goto(desk.address('renewals'));
    // What ends in five days may lie in the next month.
    const month = new Date().toISOString().slice(0, 7);
    if (new Date(Date.now() + 5 * dayMs).toISOString().slice(0, 7) !== month) {
      await page.getByRole('button', { name: 'The month after' }).click();
    }
    const day = page.getByRole('button', { name: /: 1 ends, 0 renew themselves/ });
    await day.first().click();
    const table = page.getByRole('table', { name: 'What is due' });
    await table.getByRole('link', { name: 'forgotten.example' }).waitFor();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Calendar file' }).click();
    expect((await saving).suggestedFilename()).toBe('renewals.ics');
  });

  it('sends alerts to a webhook, whose secret it shows once, and tries that', async () => {
    const asked: (string | undefined)[] = [];
    const receiver = createServer((request, answer) => {
      asked.push(request.headers['webhook-id']?.toString());
      request.resume().on('end', () => answer.writeHead(204).end());
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    await page.goto(desk.address('alerts'));
    await page.getByRole('tab', { name: 'Sent to' }).click();
    await page.getByRole('button', { name: 'New destination' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Mail' }).check();
    await dialog.getByRole('textbox', { name: 'Mail server' }).waitFor();
    await settled(page);
    expect(await troubleWithLooks(page)).toEqual([]);
    await dialog.getByRole('radio', { name: 'Webhook' }).check();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Operations');
    await dialog.getByRole('textbox', { name: 'URL' }).fill('http://hooks.example.com/');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('http leaves this machine unprotected: use https').waitFor();
    await dialog.getByRole('textbox', { name: 'URL' }).fill(`http://127.0.0.1:${port}/hook`);
    await dialog.getByRole('checkbox', { name: 'CRL overdue' }).uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/^whsec_/).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const table = page.getByRole('table', { name: 'Sent to' });
    await table.getByText('8 of 12 kinds').waitFor();
    await table.getByRole('button', { name: 'Test Operations' }).click();
    await dialog.getByRole('button', { name: 'Send the test' }).click();
    await dialog.getByText('It has arrived').waitFor();
    expect(asked).toEqual([expect.stringMatching(/./)]);
    receiver.close();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await settled(page);
    expect(await troubleWithLooks(page)).toEqual([]);
    await table.getByRole('button', { name: 'Actions of Operations' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Alerts stay here').waitFor();
  });

  it.each(['renewals', 'alerts'])('%s can be read by everyone, in every light and size', async (screen) => {
    await page.goto(desk.address(screen));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    expect(await troubleWithLooks(page)).toEqual([]);
  });
});
