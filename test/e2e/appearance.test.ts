import { beforeAll, expect, it } from 'vitest';
import { de } from '../../src/shared/i18n/de.ts';
import { troubleWithLooks } from '../support/check-screen.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';
import { type FurnishedOffice, furnishOffice } from '../support/furnished-office.ts';
import { visit } from '../support/visit.ts';

describeInBrowser(
  'the look of the screens',
  { window: { reducedMotion: 'reduce' }, keepsWindow: true },
  () => {
    let office: FurnishedOffice;
    beforeAll(async () => {
      office = await furnishOffice(desk, token);
    });

    const expectWords = async (word: string) => {
      expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual([word]);
      expect(await page.title()).toBe(`${word} · Chancery`);
    };

    it.each([
      ['dashboard', 'Dashboard'],
      ['certificates', 'Certificates'],
      ['certificates/bulk', 'Issue from a file'],
      ['certificates/import', 'Import certificates'],
      ['requests', 'Requests'],
      ['end-entities', 'End entities'],
      ['clients', 'API clients'],
      ['pending', 'Pending certificates'],
      ['authorities', 'Authorities'],
      ['authorities/issuing', 'Chancery Issuing CA'],
      ['policies', 'Policies'],
      ['profiles', 'Profiles'],
      ['inspect', 'Inspect'],
      ['jobs', 'Jobs'],
      ['audit', 'Audit'],
      ['settings', 'Settings'],
    ])('%s has one h1, fits at every size, and is accessible in light and dark', async (screen, word) => {
      await visit(page, screen);
      await expectWords(word);
      expect(await troubleWithLooks(page)).toEqual([]);
    });

    it('an address that leads nowhere says so', async () => {
      await page.goto(desk.address('no-such-screen'));
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
      await expectWords('Not found');
      expect(await troubleWithLooks(page)).toEqual([]);
    });

    it('a certificate has one h1, fits, and is accessible on each of its tabs', async () => {
      await visit(page, `certificates/${office.certificateId}`);
      await expectWords('app.example.test');
      for (const tab of ['Overview', 'Extensions', 'Chain', 'Order', 'PEM']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await troubleWithLooks(page), tab).toEqual([]);
      }
    });

    it('a request has one h1, fits, and is accessible, whoever it waits for', async () => {
      for (const [id, word] of [
        [office.requestId, 'shop.example.test'],
        [office.externalId, 'public.example.test'],
      ] as const) {
        await visit(page, `requests/${id}`);
        await expectWords(word);
        expect(await troubleWithLooks(page), word).toEqual([]);
      }
    });

    it('follows the person before the system, and remembers it', async () => {
      const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
      await page.emulateMedia({ colorScheme: 'dark' });
      await visit(page, 'settings');
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
  },
);
