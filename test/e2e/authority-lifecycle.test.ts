import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { overhangPx, troubleWithLooks } from '../support/check-screen.ts';
import { describeInBrowser, page } from '../support/describe-in-browser.ts';
import { newCsr, opensslText } from '../support/openssl.ts';
import { savedFile } from '../support/saved-file.ts';

describeInBrowser('the life of an authority in the browser', { screen: 'authorities' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-lifecycle-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const openRoot = async () => {
    await page.getByRole('link', { name: 'Chancery Root CA' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chancery Root CA' }).waitFor();
  };
  const expectSound = async () => {
    expect(await troubleWithLooks(page)).toEqual([]);
    expect(await overhangPx(page, 'zoomed')).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 800 });
  };

  it('creates one with constraints, and shows in words what may be issued below it', async () => {
    await page.getByRole('button', { name: 'Create authority' }).click();
    const form = dialog('Create authority');
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Bound CA');
    await form.getByRole('combobox', { name: 'Signed by' }).click();
    await page.getByRole('option', { name: 'Chancery Root CA' }).click();
    await form.getByRole('button', { name: /^Advanced/ }).click();
    await form.getByRole('textbox', { name: 'Permitted names' }).fill('dns:example.com\nexample.org');
    await form.getByText('Line 2 cannot be read.').waitFor();
    expect(await form.getByRole('button', { name: 'Create authority' }).isDisabled()).toBe(true);
    await form.getByRole('textbox', { name: 'Permitted names' }).fill('dns:example.com\nip:10.0.0.0/8');
    await form.getByRole('textbox', { name: 'Excluded names' }).fill('dns:secret.example.com');
    await form.getByRole('textbox', { name: 'Certificate policies' }).fill('1.2.3.4 https://a.example/cps');
    await expectSound();
    await form.getByRole('button', { name: 'Create authority' }).click();
    await form.waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Bound CA' }).click();
    await page.getByText('Only DNS names within').waitFor();
    for (const text of [
      'example.com',
      '10.0.0.0/8',
      'No DNS names within',
      'secret.example.com',
      'No authority may follow below it.',
    ]) {
      await page.getByText(text, { exact: true }).waitFor();
    }
    await expectSound();
  });

  it('renews a root with a new key and saves what links it with the former one', async () => {
    await openRoot();
    await choose('Renew …');
    const form = dialog('Renew Chancery Root CA');
    await form.getByRole('radio', { name: 'With a new key' }).check();
    await expectSound();
    await form.getByRole('button', { name: 'Renew' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('Key 2').waitFor();
    await page.getByText('Former', { exact: true }).waitFor();
    await expectSound();

    const current = await page.getByRole('region', { name: 'Certificate' }).innerText();
    writeFileSync(join(folder, 'new.pem'), current);
    const link = await savedFile(page, () => choose('Link certificates'));
    expect(link.name).toMatch(/^root\.(new-with-old|old-with-new)\.pem$/);
    expect(await opensslText('x509', '-in', link.path, '-noout', '-subject')).toContain('Chancery Root CA');
  });

  it('issues the certificate of an authority elsewhere from its request', async () => {
    const { pem } = await newCsr('/O=Partner/CN=Partner CA');
    await openRoot();
    await choose('Issue from request …');
    const form = dialog('Issue an authority below Chancery Root CA');
    await form.getByRole('textbox', { name: 'Certificate request' }).fill(pem);
    await form.getByRole('textbox', { name: 'Validity' }).fill('1y');
    await form.getByRole('button', { name: 'Issue from request' }).click();
    await form.getByText('CN=Partner CA,O=Partner').waitFor();
    await expectSound();
    const chain = await savedFile(page, () => form.getByRole('button', { name: 'Download' }).click());
    expect(chain.bytes.toString().match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(await opensslText('x509', '-in', chain.path, '-noout', '-text')).toContain('CA:TRUE, pathlen:0');
  });

  it('waits for a certificate from elsewhere, and issues once it is installed', async () => {
    await page.getByRole('button', { name: 'Create authority' }).click();
    const form = dialog('Create authority');
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Outer CA');
    await form.getByRole('combobox', { name: 'Signed by' }).click();
    await page.getByRole('option', { name: 'An authority elsewhere' }).click();
    const request = await savedFile(page, () =>
      form.getByRole('button', { name: 'Create authority' }).click(),
    );
    const waiting = page.getByRole('article', { name: 'Outer CA' });
    await waiting.waitFor();
    await expectSound();

    const at = (name: string) => join(folder, name);
    await opensslText(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '900'],
      ...['-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=External Root'],
      ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    );
    writeFileSync(
      at('ext.cnf'),
      'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid',
    );
    const certify = (csr: string) =>
      opensslText(
        ...['x509', '-req', '-in', csr, '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-days', '300'],
        ...['-extfile', at('ext.cnf')],
      );
    const other = await newCsr('/CN=Outer CA');
    writeFileSync(at('other.csr'), other.pem);
    await waiting.getByRole('button', { name: 'Install certificate' }).click();
    const install = dialog('Install the certificate of Outer CA');
    const field = install.getByRole('textbox', { name: /^Certificate/ });
    await field.fill(await certify(at('other.csr')));
    await install.getByRole('button', { name: 'Install certificate' }).click();
    await install.getByText(/is for another key than that of outer-ca/).waitFor();
    await field.fill(await certify(request.path));
    await install.getByRole('button', { name: 'Install certificate' }).click();
    await install.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Outer CA' }).waitFor();
    await page.getByText('Waiting for their certificates').waitFor({ state: 'detached' });
  });
});
