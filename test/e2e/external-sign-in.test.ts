import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriousViolations } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { describeInBrowser, desk, openWindow, page, token } from '../support/describe-in-browser.ts';
import { type KeycloakDouble, startKeycloakDouble } from '../support/keycloak-double.ts';
import { type PanvaProvider, startPanvaProvider } from '../support/panva-provider.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder('external-sign-in');

describeInBrowser('an identity provider in the browser', {}, () => {
  let provider: PanvaProvider;
  let keycloak: KeycloakDouble;
  let admin: string;
  beforeAll(async () => {
    provider = await startPanvaProvider(folder, [desk.address('signed-in')]);
    keycloak = await startKeycloakDouble();
    const person = { name: 'ada', role: 'administrator', password: 'a password of ada' };
    await askService(desk.console, token, '/api/v1/operators', person);
    admin = (
      await askService<{ token: string }>(desk.console, '', '/api/v1/sessions', {
        name: 'ada',
        password: person.password,
      })
    ).token;
  });
  afterAll(async () => {
    await provider?.close();
    await keycloak?.stop();
  });

  const checkScreen = async () => {
    expect(await seriousViolations(page, 'dark', 'zoomed')).toEqual([]);
    expect(await seriousViolations(page, 'light', 'usual')).toEqual([]);
  };
  const heading = (name: string, level = 1) => page.getByRole('heading', { level, name, exact: true });
  const field = (name: string) => page.getByRole('dialog').getByLabel(name, { exact: true });
  /** Through the provider's own pages. */
  const signInThere = async (at: Page, name: string) => {
    await at.getByPlaceholder('Enter any login').fill(name);
    await at.getByPlaceholder('and password').fill('any');
    await at.getByRole('button', { name: 'Sign-in' }).click();
    await at.getByRole('button', { name: 'Continue' }).click();
  };

  it('is set up, tried and switched on, and Keycloak is connected', async () => {
    await openWindow({ token: admin });
    await page.goto(desk.address('settings'));
    await page.getByRole('link', { name: 'Identity providers' }).click();
    await heading('Identity providers').waitFor();
    await page.getByRole('button', { name: 'New provider' }).click();
    await field('Name *').fill('Corporation');
    await field('Short name *').fill('corp');
    await field('Issuer *').fill(provider.issuer);
    await field('Client ID *').fill(provider.client.clientId);
    await page
      .getByRole('dialog')
      .getByRole('textbox', { name: 'Secret of the client' })
      .fill(provider.client.secret);
    expect(await page.getByRole('dialog').innerText()).toContain(desk.address('signed-in'));
    await page.getByRole('button', { name: 'More settings' }).click();
    await field('Its authority (PEM)').fill(provider.ca);
    await page.getByRole('button', { name: 'Add rule' }).click();
    await field('Value *').fill('ra');
    await checkScreen();
    await page.getByRole('button', { name: 'Save' }).click();
    const card = page.getByRole('region', { name: 'Corporation' });
    await card.getByText('groups = ra').waitFor();
    await card.getByRole('button', { name: 'Switch on' }).click();
    await card.getByText('On', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Test' }).click();
    await field('Claims as JSON, or a token').fill('{"groups": ["others"]}');
    await page.getByRole('dialog').getByRole('button', { name: 'Test' }).click();
    await page.getByText('Gets nothing: no rule matches').waitFor();
    await page.getByText('Publishes keys').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();

    await page.getByRole('button', { name: 'Connect' }).click();
    await field('Address *').fill(keycloak.url);
    await field('Realm in Keycloak *').fill(keycloak.realm);
    await field('Service account (client ID) *').fill(keycloak.account.clientId);
    await page.getByRole('textbox', { name: 'Secret of the client' }).fill(keycloak.account.secret);
    await page.getByRole('dialog').getByRole('button', { name: 'Connect' }).click();
    await page.getByText('Connected', { exact: true }).waitFor();
    await checkScreen();
  });

  it('lets in whom a rule names, back to the address that was asked for, and nobody else', async () => {
    await openWindow({});
    await page.goto(desk.address('certificates?search=anything'));
    await heading('Sign in').waitFor();
    await checkScreen();
    await page.getByRole('button', { name: 'Sign in with Corporation' }).click();
    await signInThere(page, 'ra.rita');
    await heading('Certificates').waitFor();
    expect(page.url()).toBe(desk.address('certificates?search=anything'));
    await page.getByRole('button', { name: /^corp\/ra\.rita/ }).waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('chancery.signing-in'))).toBeNull();

    await openWindow({});
    await page.goto(desk.address('certificates'));
    await page.getByRole('button', { name: 'Sign in with Corporation' }).click();
    await signInThere(page, 'others.otto');
    await page.getByRole('alert', { name: 'This is not permitted' }).waitFor();
    await heading('Sign in').waitFor();
  });

  it('takes no code that another window asked for', async () => {
    await openWindow({});
    await page.goto(desk.address('certificates'));
    let returning = '';
    page.on('request', (request) => {
      if (request.url().includes('/ui/signed-in?')) returning = request.url();
    });
    await page.route('**/complete-sign-in', (route) => route.fulfill({ status: 503, json: {} }));
    await page.getByRole('button', { name: 'Sign in with Corporation' }).click();
    await signInThere(page, 'ra.rita');
    await expect.poll(() => returning).toContain('code=');
    await openWindow({});
    await page.goto(returning);
    await page.getByRole('alert', { name: 'The credentials are not right' }).waitFor();
    expect(page.url()).not.toContain('code=');
  });

  it('shows what Keycloak has before it is taken in', async () => {
    keycloak.makeClient({ clientId: 'made-there', name: 'Made there' });
    await openWindow({ token: admin });
    await page.goto(desk.address('clients'));
    await page.getByRole('button', { name: 'Sync' }).click();
    const dialog = page.getByRole('dialog', { name: 'Synchronise with Keycloak' });
    await dialog.getByRole('region', { name: 'New from Keycloak' }).getByText('Made there').waitFor();
    await checkScreen();
    await dialog.getByRole('button', { name: 'Take it in' }).click();
    await dialog.getByText('Keycloak is taken in.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('row', { name: /Made there.*No realm/ }).waitFor();
  });
});
