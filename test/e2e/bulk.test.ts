import { beforeAll, expect, it } from 'vitest';
import { readCsv } from '../../src/shared/model/csv.ts';
import { troubleWithLooks } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { curl } from '../support/curl.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';
import { savedFile } from '../support/saved-file.ts';

const hosts = 14;

describeInBrowser('many certificates at once in the browser', { window: { reducedMotion: 'reduce' } }, () => {
  beforeAll(async () => {
    const ask = <T>(path: string, json: object) => askService<T>(desk.console, token, `/api/v1${path}`, json);
    for (let index = 0; index < hosts; index += 1) {
      const commonName = `host-${index}.example.com`;
      const fields = { realm: 'default', profile: 'tls-server', subject: { commonName } };
      const { id } = await ask<{ id: string }>('/certificates', fields);
      if (index === 0) await ask(`/certificates/${id}/revoke`, { reason: 'superseded' });
    }
  });

  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  const rowsOf = (bytes: Buffer) => readCsv(bytes.toString()).rows?.map(({ cells }) => cells) ?? [];

  it('issues for the rows of a file once each was checked, and leaves out what cannot be issued', async () => {
    await page.goto(desk.address('certificates'));
    await page.getByRole('link', { name: 'Issue from CSV' }).click();
    await page.getByRole('heading', { level: 1, name: 'Issue from a file' }).waitFor();
    expect(await troubleWithLooks(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Profile' }).click();
    await page.getByRole('option', { name: 'TLS server', exact: true }).click();
    const devices = [
      'CN;Machine names;How long;Room',
      'device-1.example.com;device-1.example.com;P30D;Hall 1',
      'device-2.example.com;device-2.example.com;P900D;Hall 1',
      'device-3.example.com;device-3.example.com;30d;Hall 2',
    ];
    const buffer = Buffer.from(devices.join('\r\n'));
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'devices.csv', mimeType: 'text/csv', buffer });
    const choose = async (column: string, meaning: string) => {
      await page.getByRole('combobox', { name: `What ${column} becomes` }).click();
      await page.getByRole('option', { name: meaning, exact: true }).click();
    };
    await choose('How long', 'Validity');
    await choose('Machine names', 'Validity');
    await page.getByText('Two columns become this.').waitFor();
    expect(await page.getByRole('button', { name: 'Check every row' }).isDisabled()).toBe(true);
    await choose('Machine names', 'DNS');
    await press('Check every row');
    const problems = page.getByRole('table', { name: 'What is wrong' });
    await problems.waitFor();
    expect(await problems.getByRole('row').last().getByRole('cell').allInnerTexts()).toEqual([
      '3',
      'How long',
      expect.stringContaining('longer than'),
    ]);
    expect(await page.getByRole('button', { name: 'Issue 2 certificates' }).isDisabled()).toBe(true);
    expect(await troubleWithLooks(page)).toEqual([]);
    await page.getByRole('checkbox', { name: /^Issue the others/ }).check();
    await page.getByRole('textbox', { name: 'Passphrase for the keys' }).fill('a phrase of words');
    await press('Issue 2 certificates');
    const certificates = page.getByRole('region', { name: 'The certificates' });
    await certificates.getByText('2 of 2').waitFor();
    const result = await savedFile(page, () => press('Result (CSV)'));
    expect(rowsOf(result.bytes).map(([line, name, status]) => [line, name, status])).toEqual([
      ['line', 'commonName', 'status'],
      ['2', 'device-1.example.com', 'issued'],
      ['3', 'device-2.example.com', 'invalid'],
      ['4', 'device-3.example.com', 'issued'],
    ]);
    const archive = await savedFile(page, () => press('Certificates (ZIP)'));
    for (const name of ['00002-device-1.example.com.p12', '00004-device-3.example.com.pem'])
      expect(archive.bytes.includes(name), name).toBe(true);
  });

  it('revokes what was chosen by keyboard, after saying which cannot be, and renews all that match', async () => {
    await page.goto(desk.address('certificates?search=host-&sort=commonName'));
    await page.getByRole('checkbox', { name: 'Choose host-0.example.com' }).focus();
    await page.keyboard.press('Space');
    for (let down = 1; down < 13; down += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+Space');
    const bar = page.getByRole('region', { name: 'What is chosen' });
    await bar.getByText('13 chosen').waitFor();
    expect(
      await page
        .getByRole('checkbox', { name: 'Choose all that are loaded' })
        .getAttribute('data-indeterminate'),
    ).toBe('true');
    expect(await troubleWithLooks(page)).toEqual([]);
    const chosen = await savedFile(page, () => bar.getByRole('button', { name: 'Export as CSV' }).click());
    expect(rowsOf(chosen.bytes)).toHaveLength(14);
    await bar.getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog', { name: 'Revoke 13 certificates' });
    await dialog.getByText('12 would be revoked').waitFor();
    await dialog.getByText(/^host-0\.example\.com: .* revoked already/).waitFor();
    expect(await troubleWithLooks(page)).toEqual([]);
    const revoke = dialog.getByRole('button', { name: 'Revoke 12' });
    await dialog.getByRole('textbox', { name: 'Type 12 to confirm' }).fill('13');
    expect(await revoke.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Type 12 to confirm' }).fill('12');
    await dialog
      .getByRole('textbox', { name: 'Reason' })
      .or(dialog.getByRole('combobox', { name: 'Reason' }))
      .click();
    await page.getByRole('option', { name: 'keyCompromise' }).click();
    await revoke.click();
    await dialog.getByText('13 of 13').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await bar.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('row').getByText('Revoked', { exact: true }).count()).toBe(13);

    await page.getByRole('checkbox', { name: 'Choose all that are loaded' }).check();
    await bar.getByRole('button', { name: 'Renew' }).click();
    const renewal = page.getByRole('dialog', { name: `Renew ${hosts} certificates` });
    await renewal.getByText('1 would be renewed').waitFor();
    await renewal.getByRole('button', { name: 'Renew 1' }).click();
    await renewal.getByText(`${hosts} of ${hosts} · 13 failed`).waitFor();
    await renewal.getByRole('link', { name: 'Jobs' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    const jobs = page.getByRole('main').getByRole('heading', { level: 2 });
    expect(await jobs.allInnerTexts()).toEqual([
      'Renew certificates',
      'Revoke certificates',
      'Issue from a file',
    ]);
    expect(await troubleWithLooks(page)).toEqual([]);
  });

  it('chooses more than is loaded only by what the list is narrowed to', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => `many-${index}.example.com`);
    const csv = ['commonName', ...rows].join('\n');
    const path = '/api/v1/certificates/issue-bulk';
    const fields = { csv, profile: 'tls-server', realm: 'default' };
    const { id } = await askService<{ id: string }>(desk.console, token, path, fields);
    const state = async () =>
      (await curl<{ state: string }>(desk.console, `/api/v1/jobs/${id}`, { token })).json.state;
    await expect.poll(state).toBe('done');
    await page.goto(desk.address('certificates?search=many-'));
    await page.getByRole('status').getByText('120 entries').waitFor();
    await page.getByRole('checkbox', { name: 'Choose all that are loaded' }).check();
    await press('Choose all 120 that match');
    await page.getByText('All 120 that match are chosen').waitFor();
    const all = await savedFile(page, () => press('Export as CSV'));
    expect(rowsOf(all.bytes)).toHaveLength(121);
    await press('Revoke');
    const dialog = page.getByRole('dialog', { name: 'Revoke 120 certificates' });
    await dialog.getByText('120 would be revoked').waitFor();
    await page.keyboard.press('Escape');
    // Another list is another choice.
    await page.getByRole('searchbox').fill('many-11');
    await page.getByText('All 120 that match are chosen').waitFor({ state: 'detached' });
  });
});
