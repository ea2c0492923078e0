import { beforeAll, expect, it } from 'vitest';
import { de } from '../../src/shared/i18n/de.ts';
import { en } from '../../src/shared/i18n/en.ts';
import { looks, overhangPx, type Size, seriousViolations } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { describeInBrowser, desk, openWindow, page, token } from '../support/describe-in-browser.ts';
import { newSelfSigned } from '../support/openssl.ts';

const allSizes: readonly Size[] = ['usual', 'small', 'zoomed'];

describeInBrowser('the look of the screens', { window: { reducedMotion: 'reduce' } }, () => {
  let certificateId: string;

  beforeAll(async () => {
    const ask = <T>(path: string, json: object) => askService<T>(desk.console, token, `/api/v1${path}`, json);
    const issue = (name: string, validity: string) =>
      ask<{ id: string }>('/certificates', {
        realm: 'default',
        profile: 'tls-server',
        subject: { commonName: `${name}.example.test`, organization: 'Example' },
        subjectAltNames: ['', 'www.'].map((part) => ({ type: 'dns', value: `${part}${name}.example.test` })),
        validity,
      });
    certificateId = (await issue('app', 'P90D')).id;
    await issue('a-rather-long-name-for-a-server-of-the-warehouse', 'P5D');
    await ask(`/certificates/${(await issue('old', 'P30D')).id}/revoke`, {
      reason: 'superseded',
      comment: 'Renewed',
    });
    await ask('/clients', { name: 'build-server', realms: ['default'], defaultProfile: 'tls-server' });
    await ask('/clients', { name: 'Without a realm', realms: [] });
    await ask('/pending', { certificate: await newSelfSigned('/CN=camera-17') });
  });

  const visit = async (screen: string) => {
    await page.goto(desk.address(screen));
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
  };
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  const choose = (name: string) => page.getByRole('menuitem', { name, exact: true }).click();
  const violations = async (sizes: readonly Size[] = allSizes) => {
    const found: string[] = [];
    for (const [scheme, size] of looks)
      if (sizes.includes(size)) found.push(...(await seriousViolations(page, scheme, size)));
    return found;
  };

  it.each([
    ['dashboard', 'Dashboard'],
    ['certificates', 'Certificates'],
    ['clients', 'API clients'],
    ['pending', 'Pending certificates'],
    ['authorities', 'Authorities'],
    ['authorities/issuing', 'Chancery Issuing CA'],
    ['policies', 'Policies'],
    ['profiles', 'Profiles'],
    ['inspect', 'Inspect'],
    ['audit', 'Audit'],
    ['settings', 'Settings'],
    ['no-such-screen', 'Not found'],
  ])('%s has one h1, fits, and is accessible in light and dark at every size', async (screen, word) => {
    await visit(screen);
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual([word]);
    expect(await page.title()).toBe(`${word} · Chancery`);
    for (const size of allSizes) expect(await overhangPx(page, size), size).toBeLessThanOrEqual(0);
    expect(await violations()).toEqual([]);
  });

  it('a certificate has one h1, fits, and is accessible on each of its tabs', async () => {
    await visit(`certificates/${certificateId}`);
    expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['app.example.test']);
    for (const tab of ['Overview', 'Extensions', 'Chain', 'PEM']) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('tab', { name: tab }).click();
      for (const size of allSizes)
        expect(await overhangPx(page, size), `${tab} ${size}`).toBeLessThanOrEqual(0);
      expect(await violations(['usual', 'zoomed']), tab).toEqual([]);
    }
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['the command palette', 'dashboard', () => page.keyboard.press('Control+KeyK')],
    ['the menu of the person', 'dashboard', () => page.getByRole('button', { name: /^owner/ }).click()],
    ['issuing', 'certificates', () => press('Issue certificate')],
    ['what an issued certificate shows', 'certificates', issueOne],
    ['what the policy refuses', 'certificates', () => issueAgainstPolicy()],
    ['a filter', 'certificates', () => page.getByRole('combobox', { name: 'Status' }).click()],
    ['the download menu', 'certificates/one', () => press('Download')],
    ['PKCS#12', 'certificates/one', () => press('Download').then(() => choose('PKCS#12 …'))],
    ['revoking', 'certificates/one', () => press('Revoke')],
    ['a new client', 'clients', () => press('New client')],
    ['the actions of a client', 'clients', () => press('Actions of build-server')],
    ['deleting a client', 'clients', () => press('Actions of build-server').then(() => choose('Delete'))],
    ['a secret', 'clients', resetSecret],
    ['adding to the inbox', 'pending', () => press('Add a certificate')],
    ['accepting', 'pending', () => press('Accept camera-17')],
    ['rejecting', 'pending', () => press('Reject camera-17')],
    ['creating an authority', 'authorities', () => press('Create authority')],
    ['importing an authority', 'authorities', () => press('Import')],
    ['the actions of an authority', 'authorities', () => press('Actions of Chancery Root CA')],
    ['an audit event', 'audit', () => press('client.created')],
  ])('%s is accessible while it is open, and fits', async (_, screen, open) => {
    await visit(screen.replace('one', certificateId));
    await open();
    await page.getByRole('dialog').or(page.getByRole('menu')).or(page.getByRole('listbox')).first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await violations(['usual'])).toEqual([]);
    // A row's menu stays where its row was when the window shrinks around it; closed, it takes no room.
    if (screen === 'clients' && (await page.getByRole('menu').count()) > 0)
      await page.keyboard.press('Escape');
    expect(await overhangPx(page, 'zoomed')).toBeLessThanOrEqual(0);
  });

  it.each([
    ['dashboard', de.screen.dashboard],
    ['certificates', de.screen.certificates],
    ['clients', de.screen.clients],
    ['pending', de.screen.pending],
    ['authorities', de.screen.authorities],
    ['policies', de.screen.policies],
    ['profiles', de.screen.profiles],
    ['inspect', de.screen.inspect],
    ['audit', de.screen.audit],
    ['settings', de.screen.settings],
  ])('%s is all German for who reads German, and fits', async (screen, word) => {
    await page.context().close();
    await openWindow({ token, locale: 'de-DE' });
    await visit(screen);
    await page.getByRole('heading', { level: 1, name: word, exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    const text = await page.evaluate(() => document.body.innerText);
    expect(englishOnly.filter((english) => text.includes(english))).toEqual([]);
    expect(keys.filter((key) => text.split(/\s/).includes(key))).toEqual([]);
    for (const size of allSizes) expect(await overhangPx(page, size), size).toBeLessThanOrEqual(0);
  });

  it('follows the person before the system, and remembers it', async () => {
    const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    await page.emulateMedia({ colorScheme: 'dark' });
    await visit('settings');
    expect(await scheme()).toBe('dark');
    await page.getByRole('radiogroup', { name: 'Appearance' }).getByText('Light').click();
    await expect.poll(scheme).toBe('light');
    await page.reload();
    await expect.poll(scheme).toBe('light');
    await page.getByRole('radiogroup', { name: 'Language' }).getByText('Deutsch').click();
    await page.getByRole('heading', { level: 1, name: de.screen.settings }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: de.screen.settings }).waitFor();
  });

  async function fillIssueForm(validity: string) {
    await press('Issue certificate');
    const form = page.getByRole('dialog', { name: 'Issue certificate' });
    await form.getByRole('combobox', { name: 'Profile' }).click();
    await page.getByRole('option', { name: 'TLS server' }).click();
    await form.getByRole('textbox', { name: 'Name 1' }).fill('shown.example.test');
    await form.getByRole('textbox', { name: 'Validity' }).fill(validity);
    await form.getByRole('button', { name: 'Issue', exact: true }).click();
  }
  async function issueOne() {
    await fillIssueForm('P30D');
    await page.getByRole('dialog', { name: 'Certificate issued' }).waitFor();
  }
  async function issueAgainstPolicy() {
    await fillIssueForm('P900D');
    await page.getByRole('dialog').getByRole('alert').waitFor();
  }
  async function resetSecret() {
    await press('Actions of build-server');
    await choose('Reset secret');
    await page.getByRole('dialog').getByRole('button', { name: 'Reset secret' }).click();
    await page.getByRole('dialog', { name: 'New secret' }).waitFor();
  }
});

type Messages = { readonly [key: string]: string | Messages };
const leaves = (messages: Messages, path = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
const german = new Map(leaves(de));
const keys = leaves(en).map(([key]) => key);
/** Whole English phrases that German says otherwise; single words could be names. */
const englishOnly = leaves(en)
  .filter(([key, text]) => text.includes(' ') && !text.includes('{{') && german.get(key) !== text)
  .map(([, text]) => text);
