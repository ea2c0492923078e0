import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { troubleWithLooks } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { curl } from '../support/curl.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';
import { newCsr, openssl, opensslText } from '../support/openssl.ts';
import { savedFile } from '../support/saved-file.ts';

describeInBrowser('certificates in the browser', { screen: 'certificates' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-issue-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const issue = (json: object) =>
    askService<{ id: string; serialNumber: string }>(desk.console, token, '/api/v1/certificates', {
      realm: 'default',
      profile: 'tls-server',
      ...json,
    });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const rows = () => page.getByRole('table', { name: 'Certificates' }).getByRole('link');
  const openForm = async () => {
    await page.getByRole('main').getByRole('button', { name: 'Issue certificate' }).click();
    const form = dialog('Issue certificate');
    await form.getByRole('combobox', { name: 'Profile' }).click();
    await page.getByRole('option', { name: 'TLS server' }).click();
    return form;
  };

  it('issues for a request of openssl what openssl accepts, and puts it on the CRL when it is revoked', async () => {
    const { pem } = await newCsr('/CN=shop.example.test', 'DNS:shop.example.test');
    const form = await openForm();
    await form.getByText('From a request (CSR)').click();
    await form.getByRole('textbox', { name: 'Certificate request (PKCS#10)' }).fill(pem);
    await form.getByRole('button', { name: 'Issue', exact: true }).click();
    const done = dialog('Certificate issued');
    await done.getByRole('region', { name: 'Certificate' }).waitFor();
    expect(await done.getByRole('region', { name: 'Private key' }).count()).toBe(0);
    await done.getByRole('link', { name: 'Open certificate' }).click();
    await page.getByRole('heading', { level: 1, name: 'shop.example.test' }).waitFor();

    const certificate = await download('PEM');
    const withChain = await download('PEM with chain');
    const chain = join(folder, 'chain.pem');
    writeFileSync(chain, withChain.bytes);
    expect(await opensslText('verify', '-CAfile', chain, certificate.path)).toContain('OK');

    await page.getByRole('button', { name: 'Revoke' }).click();
    const ask = dialog('Revoke this certificate?');
    await ask.getByRole('combobox', { name: 'Reason' }).click();
    await page.getByRole('option', { name: 'keyCompromise' }).click();
    await ask.getByRole('textbox', { name: 'Comment' }).fill('The laptop was stolen');
    await ask.getByRole('button', { name: 'Revoke' }).click();
    await ask.waitFor({ state: 'detached' });
    await page.getByRole('main').getByRole('alert').getByText('The laptop was stolen').waitFor();
    expect(await page.getByRole('button', { name: 'Revoke' }).count()).toBe(0);

    const crl = join(folder, 'crl.pem');
    writeFileSync(join(folder, 'crl.der'), (await curl(desk.console, '/crl/issuing.crl')).body);
    await opensslText('crl', '-inform', 'der', '-in', join(folder, 'crl.der'), '-out', crl);
    const refused = await openssl(
      'verify',
      '-crl_check',
      '-CAfile',
      chain,
      '-CRLfile',
      crl,
      certificate.path,
    );
    expect(refused.stderr).toContain('certificate revoked');
    await page.getByRole('link', { name: 'Certificates' }).first().click();
    await page.getByRole('row', { name: /shop\.example\.test.*Revoked/ }).waitFor();
  });

  it('shows the private key that it generated once, and the key fits the certificate', async () => {
    const form = await openForm();
    await form.getByRole('textbox', { name: 'Common name' }).fill('generated.example.test');
    await form.getByRole('textbox', { name: 'Name 1' }).fill('generated.example.test');
    await form.getByRole('button', { name: 'Issue', exact: true }).click();
    const done = dialog('Certificate issued');
    const texts = { 'key.pem': 'Private key', 'leaf.pem': 'Certificate' };
    for (const [file, name] of Object.entries(texts)) {
      const text = await done.getByRole('region', { name, exact: true }).innerText();
      writeFileSync(join(folder, file), `${text.trim()}\n`);
    }
    const publicOfKey = await opensslText('pkey', '-in', join(folder, 'key.pem'), '-pubout');
    expect(await opensslText('x509', '-in', join(folder, 'leaf.pem'), '-noout', '-pubkey')).toBe(publicOfKey);
    await page.keyboard.press('Escape');
    expect(await done.isVisible(), 'a key cannot be lost by one press').toBe(true);
    await done.getByRole('link', { name: 'Open certificate' }).click();
    await page.getByRole('heading', { level: 1, name: 'generated.example.test' }).waitFor();
    expect(await page.getByText('BEGIN PRIVATE KEY').count()).toBe(0);
  });

  it('tells what the policy refuses at the field that it is about, and issues once it is put right', async () => {
    const form = await openForm();
    await form.getByRole('textbox', { name: 'Name 1' }).fill('192.0.2.1');
    const type = form.getByRole('combobox', { name: 'Type of name 1' });
    await type.click();
    await page.getByRole('option', { name: 'URI' }).click();
    await form.getByRole('textbox', { name: 'Name 1' }).fill('https://policy.example.test/');
    await form.getByRole('textbox', { name: 'Validity' }).fill('P800D');
    const submit = form.getByRole('button', { name: 'Issue', exact: true });
    await submit.click();
    await form.getByRole('alert').getByText('The policy does not allow this').waitFor();
    const name = form.getByRole('textbox', { name: 'Name 1' });
    const validity = form.getByRole('textbox', { name: 'Validity' });
    await expect.poll(() => describedBy(name)).toMatch(/uri .* does not permit/);
    await expect.poll(() => describedBy(validity)).toMatch(/longer than P398D/);
    for (const field of [name, validity]) expect(await field.getAttribute('aria-invalid')).toBe('true');

    await type.click();
    await page.getByRole('option', { name: 'DNS' }).click();
    await name.fill('policy.example.test');
    await validity.fill('30d');
    await submit.click();
    await dialog('Certificate issued').waitFor();
  });

  it('finds as one types, filters and sorts, and the address keeps all of it', async () => {
    for (const name of ['alpha', 'beta', 'gamma'])
      await issue({ subjectAltNames: [{ type: 'dns', value: `${name}.search.test` }] });
    await page.reload();
    const search = page.getByRole('searchbox', { name: 'Search names, serial numbers, subjects' });
    await search.pressSequentially('search.te');
    await expect.poll(() => rows().allInnerTexts()).toEqual(names('gamma', 'beta', 'alpha'));
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await expect.poll(() => rows().allInnerTexts()).toEqual(names('alpha', 'beta', 'gamma'));
    await page.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: 'Valid', exact: true }).click();
    await expect.poll(() => new URL(page.url()).search).toContain('status=valid');

    await page.reload();
    await expect.poll(() => rows().allInnerTexts()).toEqual(names('alpha', 'beta', 'gamma'));
    expect(await search.inputValue()).toBe('search.te');
    expect(await page.getByRole('combobox', { name: 'Status' }).inputValue()).toBe('Valid');
    expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe(
      'ascending',
    );

    await page.getByRole('link', { name: 'beta.search.test' }).click();
    await page.getByRole('heading', { level: 1, name: 'beta.search.test' }).waitFor();
    await page.goBack();
    await expect.poll(() => rows().allInnerTexts()).toEqual(names('alpha', 'beta', 'gamma'));
    await search.fill('there is no such name');
    await page.getByRole('heading', { name: 'Nothing found' }).waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await page.getByRole('link', { name: 'alpha.search.test' }).waitFor();
    expect(await search.inputValue()).toBe('');
  });

  it('asks in the query language with completion, and marks what is wrong with a query', async () => {
    for (const commonName of ['asked.query.test', 'other.query.test'])
      await issue({ subject: { commonName }, subjectAltNames: [{ type: 'dns', value: commonName }] });
    await page.reload();
    await page.getByRole('button', { name: 'Query', exact: true }).click();
    const query = page.getByRole('combobox', { name: 'Query' });
    await query.pressSequentially('CN -cont');
    await page.getByRole('option', { name: '-contains', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    expect(await query.inputValue()).toBe('CN -contains ');
    await query.pressSequentially('asked.query');
    await expect.poll(() => rows().allInnerTexts()).toEqual(['asked.query.test']);
    expect(await describedBy(query)).toBe('');

    await query.pressSequentially(' AND CertState -eqq Active');
    await expect.poll(() => describedBy(query)).toMatch(/-eqq Active.*Expected an operator after CertState/);
    expect(await page.locator('mark').innerText()).toBe('-eqq');
    expect(await troubleWithLooks(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take -eq', exact: true }).click();
    expect(await query.inputValue()).toBe('CN -contains asked.query AND CertState -eq Active');
    await expect.poll(() => new URL(page.url()).searchParams.get('query')).toBe(await query.inputValue());
    await expect.poll(() => rows().allInnerTexts()).toEqual(['asked.query.test']);
    const saved = await savedFile(page, () => page.getByRole('button', { name: 'Export' }).click());
    expect(saved.bytes.toString().trim().split('\n')).toHaveLength(2);

    await page.reload();
    await expect.poll(() => rows().allInnerTexts()).toEqual(['asked.query.test']);
    await page.getByRole('button', { name: 'Query', exact: true }).click();
    await page.getByRole('link', { name: 'other.query.test' }).waitFor();
  });

  it('shows what the certificate says, its extensions, its chain and its PEM as openssl reads them', async () => {
    const { id, serialNumber } = await issue({
      subject: { commonName: 'detail.example.test', organization: 'Example' },
      subjectAltNames: [{ type: 'dns', value: 'detail.example.test' }],
    });
    await page.goto(desk.address(`certificates/${id}`));
    const panel = page.getByRole('tabpanel');
    const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
    await tab('PEM');
    const file = join(folder, 'detail.pem');
    writeFileSync(file, await panel.getByRole('region', { name: 'Certificate' }).innerText());
    const fingerprint = await opensslText('x509', '-in', file, '-noout', '-fingerprint', '-sha256');
    expect(await opensslText('x509', '-in', file, '-noout', '-serial')).toContain(serialNumber.toUpperCase());

    await tab('Overview');
    await panel.getByText(fingerprint.trim().split('=')[1] ?? '').waitFor();
    await panel.getByText(serialNumber, { exact: true }).waitFor();
    await panel.getByText('O=Example').first().waitFor();
    await tab('Extensions');
    const extension = (oid: string) => panel.getByRole('listitem').filter({ hasText: oid });
    await extension('2.5.29.17').getByText('detail.example.test').waitFor();
    await extension('2.5.29.15').getByText('Critical').waitFor();
    await tab('Chain');
    await panel.getByRole('list', { name: 'Chain' }).waitFor();
    const chain = await panel.getByRole('list', { name: 'Chain' }).getByRole('listitem').allInnerTexts();
    expect(chain.map((link) => link.split('\n')[0])).toEqual([
      'detail.example.test',
      'Chancery Issuing CA',
      'Chancery Root CA',
    ]);
  });

  it('saves every format as openssl opens it', async () => {
    const form = await openForm();
    await form.getByRole('textbox', { name: 'Common name' }).fill('formats.example.test');
    await form.getByRole('textbox', { name: 'Name 1' }).fill('formats.example.test');
    await form.getByRole('button', { name: 'Issue', exact: true }).click();
    await dialog('Certificate issued').getByRole('link', { name: 'Open certificate' }).click();

    const subject = /formats\.example\.test/;
    const read = (kind: string, ...args: string[]) => opensslText(kind, '-noout', ...args);
    const pem = await download('PEM');
    expect(await read('x509', '-subject', '-in', pem.path)).toMatch(subject);
    const der = await download('DER');
    expect(await read('x509', '-subject', '-inform', 'der', '-in', der.path)).toMatch(subject);
    const chain = await download('PEM with chain');
    expect(chain.bytes.toString().match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
    const pkcs7 = await download('PKCS#7 with chain');
    const form7 = pkcs7.bytes.toString().startsWith('-----BEGIN') ? 'pem' : 'der';
    const printed = await read('pkcs7', '-print_certs', '-inform', form7, '-in', pkcs7.path);
    expect(printed).toMatch(subject);
    expect(printed).toMatch(/Chancery Issuing CA/);

    const bundle = await downloadUnderPassphrase('PKCS#12 …', 'only certificates');
    const inBundle = ['pkcs12', '-in', bundle.path, '-passin', 'pass:only certificates', '-nodes'];
    expect(await opensslText(...inBundle)).toMatch(subject);
    expect(await opensslText(...inBundle)).not.toContain('PRIVATE KEY');
    const wrong = await openssl('pkcs12', '-in', bundle.path, '-passin', 'pass:another', '-nodes');
    expect(wrong.code).not.toBe(0);

    await page.getByRole('button', { name: 'Download' }).click();
    if ((await page.getByRole('menuitem', { name: 'Private key' }).count()) === 0) return;
    await page.keyboard.press('Escape');
    const key = await downloadUnderPassphrase('Private key (PKCS#12) …', 'with the key', 'The server moves');
    const inKey = await opensslText('pkcs12', '-in', key.path, '-passin', 'pass:with the key', '-nodes');
    expect(inKey).toContain('PRIVATE KEY');
  });

  async function download(format: string) {
    await page.getByRole('button', { name: 'Download' }).click();
    return savedFile(page, () => page.getByRole('menuitem', { name: format, exact: true }).click());
  }

  async function downloadUnderPassphrase(format: string, passphrase: string, reason?: string) {
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByRole('menuitem', { name: format, exact: true }).click();
    const ask = dialog(format);
    await ask.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
    if (reason !== undefined)
      await ask.getByRole('textbox', { name: 'Why is the key taken out?' }).fill(reason);
    const file = await savedFile(page, () => ask.getByRole('button', { name: 'Download' }).click());
    await ask.waitFor({ state: 'detached' });
    return file;
  }
});

function names(...first: string[]): string[] {
  return first.map((name) => `${name}.search.test`);
}

/** What assistive technology reads after the field's name: its description and its error. */
function describedBy(field: ReturnType<Page['getByRole']>): Promise<string> {
  return field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );
}
