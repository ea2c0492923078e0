import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { newClient, prepareHome } from '../support/chancery-process.ts';
import { redeemTicket } from '../support/console-in-browser.ts';
import { describeInBrowser, desk, openWindow, page } from '../support/describe-in-browser.ts';

/** Presses of Tab after which something counts as out of reach. */
const mostTabs = 60;

describeInBrowser('by keyboard only', { prepare: prepareHome, as: 'nobody' }, () => {
  const press = (key: string) => page.keyboard.press(key);
  const type = (text: string) => page.keyboard.type(text);
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });

  /** Tabs until the element has the focus, which has to be seen. */
  async function reach(wanted: Locator): Promise<void> {
    await wanted.waitFor({ state: 'attached' });
    for (let tabs = 0; tabs < mostTabs && !(await hasFocus(wanted)); tabs += 1) await press('Tab');
    expect(await hasFocus(wanted), `${wanted} is not reached by Tab`).toBe(true);
    expect(await showsFocus(wanted), `${wanted} does not show its focus`).toBe(true);
  }

  it('arrives by the ticket, issues with a generated key, opens the certificate and revokes it', async () => {
    await page.goto(desk.address(`#ticket=${desk.console.ticket}`));
    await heading('Dashboard').waitFor();
    await press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    expect(await hasFocus(skip)).toBe(true);
    await press('Enter');
    const open = page.getByRole('main').getByRole('button', { name: 'Issue certificate' });
    await reach(open);
    await press('Enter');

    const form = dialog('Issue certificate');
    const profile = form.getByRole('combobox', { name: 'Profile' });
    await expect.poll(() => hasFocus(profile)).toBe(true);
    await type('TLS ser');
    await press('ArrowDown');
    await press('Enter');
    await expect.poll(() => profile.inputValue()).toBe('TLS server');
    await reach(form.getByRole('radio', { name: 'Generate the key here' }));
    await reach(form.getByRole('textbox', { name: 'Common name' }));
    await type('keys.example.test');
    await reach(form.getByRole('textbox', { name: 'Name 1' }));
    await type('keys.example.test');
    await reach(form.getByRole('combobox', { name: 'Key', exact: true }));
    await press('ArrowDown');
    await page.getByRole('option', { name: 'ECDSA P-384' }).waitFor();
    await press('ArrowDown');
    await press('Enter');
    await reach(form.getByRole('button', { name: 'Issue', exact: true }));
    await press('Space');

    const issued = dialog('Certificate issued');
    await issued.getByRole('region', { name: 'Private key' }).waitFor();
    await reach(issued.getByRole('link', { name: 'Open certificate' }));
    await press('Enter');
    await heading('keys.example.test').waitFor();
    await expect.poll(() => hasFocus(heading('keys.example.test'))).toBe(true);

    await reach(page.getByRole('tab', { name: 'Overview' }));
    await press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Extensions' }).waitFor();
    await page.keyboard.press('Shift+Tab');
    const revoke = page.getByRole('button', { name: 'Revoke' });
    await reach(revoke);
    await press('Enter');
    const ask = dialog('Revoke this certificate?');
    await reach(ask.getByRole('combobox', { name: 'Reason' }));
    await press('ArrowDown');
    await page.getByRole('option', { name: 'keyCompromise' }).waitFor();
    await press('ArrowDown');
    await press('Enter');
    await reach(ask.getByRole('textbox', { name: 'Comment' }));
    await type('By keyboard');
    await reach(ask.getByRole('button', { name: 'Revoke' }));
    await press('Enter');
    await ask.waitFor({ state: 'detached' });
    await page.getByRole('main').getByText('Revoked', { exact: true }).first().waitFor();
  });

  it('goes everywhere by the palette, searches after a slash, and walks through the rows by arrows', async () => {
    for (const name of ['first', 'second', 'third']) await newClient(desk.home, name);
    await desk.restart();
    await openWindow({ token: await redeemTicket(desk.console) });
    await page.goto(desk.address('dashboard'));
    await heading('Dashboard').waitFor();
    const palette = page.getByRole('dialog');
    await press('Control+KeyK');
    await expect.poll(() => hasFocus(palette.getByPlaceholder('Go to a screen or do something'))).toBe(true);
    await type('audit');
    await press('Enter');
    await heading('Audit').waitFor();
    await press('Control+KeyK');
    await expect.poll(() => hasFocus(palette.getByPlaceholder('Go to a screen or do something'))).toBe(true);
    await type('certificates');
    await press('ArrowDown');
    await press('Escape');
    await palette.waitFor({ state: 'detached' });
    await heading('Audit').waitFor();

    await press('/');
    const search = page.getByRole('searchbox');
    expect(await hasFocus(search)).toBe(true);
    await type('client.created');
    const found = page.getByRole('table').getByRole('button', { name: 'client.created', exact: true });
    await expect.poll(() => found.count()).toBe(4);
    await expect.poll(() => page.getByRole('table').getByRole('button').count()).toBe(4);
    expect(await search.inputValue(), 'the slash itself is not typed').toBe('client.created');
    const row = (index: number) => page.getByRole('table').getByRole('button').nth(index);
    await reach(row(0));
    await press('ArrowDown');
    expect(await hasFocus(row(1))).toBe(true);
    await press('Enter');
    await page.getByRole('dialog', { name: 'client.created' }).waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(row(1)), { message: 'the focus returns to the row' }).toBe(true);
  });

  it('gives the focus back to the button that opened a dialog', async () => {
    await desk.restart();
    await openWindow({ token: await redeemTicket(desk.console) });
    await page.goto(desk.address('pending'));
    const add = page.getByRole('button', { name: 'Add a certificate' });
    await reach(add);
    await press('Enter');
    await dialog('Add a certificate').waitFor();
    await press('Escape');
    await dialog('Add a certificate').waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(add), { timeout: 3_000 }).toBe(true);
  });

  it('opens the menu of the person, chooses by arrows, and gives the focus back on Escape', async () => {
    await desk.restart();
    await openWindow({ token: await redeemTicket(desk.console), colorScheme: 'light' });
    await page.goto(desk.address('settings'));
    await heading('Settings').waitFor();
    const person = page.getByRole('button', { name: /^owner/ });
    await reach(person);
    await press('Enter');
    const menu = page.getByRole('menu');
    await menu.waitFor();
    await press('Escape');
    await menu.waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(person)).toBe(true);
    await press('Enter');
    await menu.waitFor();
    const dark = menu.getByRole('menuitem', { name: 'Dark' });
    for (let presses = 0; presses < 8 && !(await hasFocus(dark)); presses += 1) await press('ArrowDown');
    await press('Enter');
    await expect
      .poll(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme))
      .toBe('dark');
    await menu.waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(person)).toBe(true);
  });
});

function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

/** Whether the focus is drawn: on the element or around it, as an outline, a border or a shadow that is not there without. */
function showsFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => {
    const looks = (one: Element) => {
      // A colour that is still on its way is not yet the look.
      for (const animation of one.getAnimations()) animation.finish();
      const { outlineStyle, outlineWidth, outlineColor, borderColor, boxShadow } = getComputedStyle(one);
      const outline = outlineStyle === 'none' ? '' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
      return `${outline} ${borderColor} ${boxShadow}`;
    };
    // A radio of a segmented control is hidden; its label, which stands next to it, shows the focus.
    const shown = [element, element.nextElementSibling, element.parentElement].filter((one) => one !== null);
    const focused = shown.map(looks);
    const field = element as HTMLElement;
    field.blur();
    const blurred = shown.map(looks);
    field.focus();
    return focused.some((look, index) => look !== blurred[index]);
  });
}
