import type { Page } from 'playwright-core';
import { de } from '../../src/shared/i18n/de.ts';
import { en } from '../../src/shared/i18n/en.ts';
import { sizes } from './check-screen.ts';
import { desk } from './describe-in-browser.ts';
import { settled } from './settled.ts';

/**
 * Goes to a screen as a link does, within the page that is there; a first visit, or one from a dialog that Escape does
 * not close, loads the page. Resolves when the screen has all its answers.
 */
export async function visit(page: Page, screen: string): Promise<void> {
  await page.setViewportSize(sizes.usual);
  const address = desk.address(screen);
  const open = page.getByRole('dialog').or(page.getByRole('menu')).or(page.getByRole('listbox'));
  if (page.url() === 'about:blank') await page.goto(address);
  else {
    if ((await open.count()) > 0) await page.keyboard.press('Escape');
    await open
      .first()
      .waitFor({ state: 'detached', timeout: 2000 })
      .catch(() => page.goto(address));
    // By way of nowhere, so that a screen begins anew even where it is the one that is shown.
    const nowhere = page.getByText(en.notFound.heading).or(page.getByText(de.notFound.heading));
    await follow(page, '/ui/nowhere');
    await nowhere.waitFor();
    await follow(page, address);
    await nowhere.waitFor({ state: 'detached' });
  }
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
}

async function follow(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, address);
}
