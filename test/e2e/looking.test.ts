import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { troubleWithLooks } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';
import { newSelfSigned, opensslText } from '../support/openssl.ts';
import { savedFile } from '../support/saved-file.ts';

describeInBrowser('looking at certificates in the browser', { window: { reducedMotion: 'reduce' } }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-looking-'));
  let issued: { readonly id: string; readonly certificate: string; readonly chain: readonly string[] };

  beforeAll(async () => {
    issued = await askService(desk.console, token, '/api/v1/certificates', {
      realm: 'default',
      profile: 'tls-server',
      subject: { commonName: 'seen.example.test' },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const dialog = (name: string) => page.getByRole('dialog', { name });
  const isClean = async () => {
    expect(await troubleWithLooks(page)).toEqual([]);
  };

  it('takes in a folder of certificates from elsewhere, and says why the rest stayed out', async () => {
    const inner = join(folder, 'all', 'inner');
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(folder, 'all', 'a.pem'), await newSelfSigned('/CN=a.foreign.test'));
    writeFileSync(join(inner, 'b.crt'), await newSelfSigned('/CN=b.foreign.test'));
    writeFileSync(join(inner, 'notes.txt'), 'Nothing of the kind');
    await page.goto(desk.address('certificates'));
    await page.getByRole('main').getByRole('link', { name: 'Import' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import certificates' }).waitFor();
    const realm = page.getByRole('combobox', { name: 'Realm' });
    await expect.poll(() => realm.inputValue()).toBe('Default');
    await page.getByLabel('Choose a folder').last().setInputFiles(join(folder, 'all'));
    const summary = page.getByRole('region', { name: 'What came of it' });
    await summary.getByText('2 imported').waitFor();
    await summary.getByRole('row', { name: /inner\/notes\.txt.*no certificate/ }).waitFor();
    await isClean();
    await page.setViewportSize({ width: 1280, height: 800 });
    await summary.getByRole('link', { name: 'Show imported certificates' }).click();
    await page.getByRole('row', { name: /b\.foreign\.test.*Imported/ }).waitFor();
    await page.getByRole('link', { name: 'b.foreign.test' }).click();
    await page.getByText(/can be neither revoked nor renewed here/).waitFor();
    expect(await page.getByRole('button', { name: /^(Revoke|Renew)$/ }).count()).toBe(0);
    await page.getByRole('tab', { name: 'Chain' }).click();
    await page.getByText('The chain breaks').waitFor();
  });

  it('goes through the ASN.1 tree by keyboard and by its bytes', async () => {
    await page.goto(desk.address('inspect'));
    await page.getByRole('textbox', { name: 'Certificate, request' }).fill(issued.certificate);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('tab', { name: 'ASN.1' }).click();
    const tree = page.getByRole('tree', { name: 'ASN.1 tree' });
    const chosen = tree.locator('[aria-selected=true]');
    await tree.getByRole('treeitem').first().click();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await tree.getByText('ecdsa-with-SHA256').waitFor();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => chosen.innerText()).toContain('OBJECT IDENTIFIER');
    await isClean();
    await page.setViewportSize({ width: 1280, height: 800 });
    const bytes = page.getByRole('region', { name: 'Bytes' });
    await bytes.evaluate((element) => element.scrollTo(0, 0));
    // The serial number's tag stands behind the headers of certificate and TBSCertificate, and the version.
    await bytes.locator('[data-at="13"]').click();
    await expect.poll(() => chosen.innerText()).toContain('INTEGER');
    await page.keyboard.press('Home');
  });

  it('marks what differs between two certificates', async () => {
    await page.goto(desk.address('inspect'));
    await page.getByRole('textbox', { name: 'Certificate, request' }).fill(issued.certificate);
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('textbox', { name: 'A second certificate' }).fill(issued.chain[0] ?? '');
    await page.getByRole('button', { name: 'Compare the two' }).click();
    const table = page.getByRole('table', { name: 'Compare' });
    await table.getByRole('row', { name: /subject.*seen\.example\.test.*Chancery Issuing CA/ }).waitFor();
    await isClean();
  });

  it('renews for the same key, and with a new one that is shown once', async () => {
    await page.goto(desk.address(`certificates/${issued.id}`));
    await page.getByRole('button', { name: 'Renew' }).click();
    const ask = dialog('Renew this certificate');
    await ask.getByText('Same key').click();
    await ask.getByRole('button', { name: 'Renew' }).click();
    const done = dialog('Certificate renewed');
    await done.getByRole('region', { name: 'Certificate' }).waitFor();
    expect(await done.getByRole('region', { name: 'Private key' }).count()).toBe(0);
    await done.getByRole('button', { name: 'Done' }).click();
    // What is renewed goes on with its newest certificate, the first of the list.
    await page.getByRole('button', { name: 'Renew' }).waitFor({ state: 'detached' });
    await page.goto(desk.address('certificates'));
    await page.getByRole('link', { name: 'seen.example.test' }).first().click();
    await page.getByRole('button', { name: 'Renew' }).click();
    await isClean();
    await ask.getByRole('button', { name: 'Renew' }).click();
    await done.getByRole('region', { name: 'Private key' }).waitFor();
  });

  it('shows before issuing what would be signed, and what speaks against it', async () => {
    await page.goto(desk.address('certificates'));
    await page.getByRole('main').getByRole('button', { name: 'Issue certificate' }).click();
    const form = dialog('Issue certificate');
    await form.getByRole('combobox', { name: 'Profile' }).click();
    await page.getByRole('option', { name: 'TLS server' }).click();
    await form.getByRole('textbox', { name: 'Common name' }).fill('checked.example.test');
    await form.getByRole('button', { name: 'Check before issuing' }).click();
    const panel = form.getByRole('region', { name: 'What would be signed' });
    await panel.getByText('The policy allows it, and it breaks no rule').waitFor();
    await panel.getByText('CN=checked.example.test').waitFor();
    await isClean();
    await form.getByRole('textbox', { name: 'Validity' }).fill('3y');
    await panel.getByText('The form has changed since.').waitFor();
    await form.getByRole('button', { name: 'Check before issuing' }).click();
    await panel.getByText('It would not be issued').waitFor();
    await panel.getByText(/longer than P398D/).waitFor();
  });

  it('explains how to trust a root, with its real fingerprint and files', async () => {
    await page.goto(desk.address('authorities/root'));
    await page.getByRole('link', { name: 'Trust this root' }).click();
    await page.getByRole('heading', { level: 1, name: 'Trust Chancery Root CA' }).waitFor();
    const pem = await savedFile(page, () => page.getByRole('button', { name: 'Download PEM' }).click());
    const der = await savedFile(page, () => page.getByRole('button', { name: 'Download DER' }).click());
    expect([pem.name, der.name]).toEqual(['root.pem', 'root.crt']);
    const fingerprint = (path: string, form: string) =>
      opensslText('x509', '-inform', form, '-in', path, '-noout', '-fingerprint', '-sha256');
    const shown = (await fingerprint(pem.path, 'pem')).trim().split('=')[1] ?? '';
    expect(await fingerprint(der.path, 'der')).toContain(shown);
    await page.getByText(shown).waitFor();
    await page.getByRole('button', { name: 'Debian, Ubuntu' }).click();
    await page.getByText('sudo cp root.pem /usr/local/share/ca-certificates/root.crt').waitFor();
    await isClean();
  });
});
