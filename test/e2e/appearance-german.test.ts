import { beforeAll, expect, it } from 'vitest';
import { de } from '../../src/shared/i18n/de.ts';
import { en } from '../../src/shared/i18n/en.ts';
import { overhangPx, sizes } from '../support/check-screen.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';
import { type FurnishedOffice, furnishOffice } from '../support/furnished-office.ts';
import { visit } from '../support/visit.ts';

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

describeInBrowser(
  'the screens in German',
  { window: { reducedMotion: 'reduce', locale: 'de-DE' }, keepsWindow: true },
  () => {
    let office: FurnishedOffice;
    beforeAll(async () => {
      office = await furnishOffice(desk, token);
    });

    it.each([
      ['dashboard', de.screen.dashboard],
      ['certificates', de.screen.certificates],
      ['certificates/bulk', de.bulk.title],
      ['requests', de.screen.requests],
      ['requests/shop', 'shop.example.test'],
      ['requests/public', 'public.example.test'],
      ['end-entities', de.screen['end-entities']],
      ['clients', de.screen.clients],
      ['pending', de.screen.pending],
      ['renewals', de.screen.renewals],
      ['alerts', de.screen.alerts],
      ['authorities', de.screen.authorities],
      ['policies', de.screen.policies],
      ['profiles', de.screen.profiles],
      ['inspect', de.screen.inspect],
      ['jobs', de.screen.jobs],
      ['audit', de.screen.audit],
      ['settings', de.screen.settings],
    ])('%s says nothing in English to who reads German, and fits', async (screen, word) => {
      await visit(page, screen.replace('shop', office.requestId).replace('public', office.externalId));
      await page.getByRole('heading', { level: 1, name: word, exact: true }).waitFor();
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
      const text = await page.evaluate(() => document.body.innerText);
      expect(englishOnly.filter((english) => text.includes(english))).toEqual([]);
      expect(keys.filter((key) => text.split(/\s/).includes(key))).toEqual([]);
      for (const size of Object.keys(sizes) as (keyof typeof sizes)[])
        expect(await overhangPx(page, size), size).toBeLessThanOrEqual(0);
    });
  },
);
