import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

type Scheme = 'light' | 'dark';

/** The usual window, a small one, and the usual one at 200%: WCAG 2.2 success criterion 1.4.4. */
export const sizes = {
  usual: { width: 1280, height: 800 },
  small: { width: 1000, height: 700 },
  zoomed: { width: 640, height: 400 },
} as const;
export type Size = keyof typeof sizes;

const rules = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** Violations of level serious or critical, each with the elements it is about, in the given look. */
export async function seriousViolations(page: Page, scheme: Scheme, size: Size): Promise<string[]> {
  await show(page, scheme, size);
  // To hand axe to a page takes longer than to run it there, so a page that has it is handed nothing.
  const hasAxe = await page.evaluate(() => 'axe' in window);
  const { violations } = await new AxeBuilder(hasAxe ? { page, axeSource: ';' } : { page })
    .options({ resultTypes: ['violations'] })
    .withTags(rules)
    // Without frames there is nothing to join in a page of its own, which takes most of the time.
    .setLegacyMode()
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${scheme} ${size} ${id}: ${target} ${failureSummary}`),
    );
}

/**
 * The two looks that differ most: the usual one, and the other colours at twice the size. Another size has the same
 * colours, and the other colours are in the same places.
 */
const looks: readonly (readonly [Scheme, Size])[] = [
  ['light', 'usual'],
  ['dark', 'zoomed'],
];

/**
 * All that is wrong with a screen as it is: what stands out at any size, and serious violations in both looks. Leaves
 * the window in its usual look.
 */
export async function troubleWithLooks(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const size of Object.keys(sizes) as Size[]) {
    const overhang = await overhangPx(page, size);
    if (overhang > 0) found.push(`${size}: ${overhang} px wider than the window`);
  }
  for (const [scheme, size] of looks) found.push(...(await seriousViolations(page, scheme, size)));
  await page.setViewportSize(sizes.usual);
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** By how many pixels the page is wider than its window; people should not have to scroll sideways to read it. */
export async function overhangPx(page: Page, size: Size): Promise<number> {
  await page.setViewportSize(sizes[size]);
  return page.evaluate(async () => {
    const overhang = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    // What floats beside its button, e.g. a menu, finds its new place some frames after the window has its new size.
    let found = overhang();
    for (let same = 0; same < 10; same += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (overhang() === found) continue;
      found = overhang();
      same = 0;
    }
    return found;
  });
}

/** Animations are ended, so that no colour is looked at half-way. */
async function show(page: Page, scheme: Scheme, size: Size): Promise<void> {
  await page.setViewportSize(sizes[size]);
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.evaluate(async () => {
    // A change begins its transition with a later frame, and the end of one may begin the next.
    for (let still = 0; still < 3; still += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const animation of document.getAnimations()) {
        // What turns for ever, e.g. a placeholder, has no end to go to.
        if (animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY) continue;
        animation.finish();
        still = 0;
      }
    }
  });
}
