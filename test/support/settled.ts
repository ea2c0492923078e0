import type { BrowserContext, Page, Request } from 'playwright-core';

const waiting = new WeakMap<BrowserContext, Set<Request>>();
const patienceMs = 15_000;

/** Counts from now on what the windows ask and have no answer to. */
export function watchRequests(context: BrowserContext): void {
  const open = new Set<Request>();
  waiting.set(context, open);
  context.on('request', (request) => open.add(request));
  context.on('requestfinished', (request) => open.delete(request));
  context.on('requestfailed', (request) => open.delete(request));
}

/** Waits until every answer is there and drawn; sooner than `networkidle`, which lets half a second pass. */
export async function settled(page: Page): Promise<void> {
  const open = waiting.get(page.context()) ?? new Set();
  const end = Date.now() + patienceMs;
  // What an answer shows may ask for more: it is quiet when two frames in a row have asked for nothing.
  for (let quiet = 0; quiet < 2; quiet = open.size === 0 ? quiet + 1 : 0) {
    if (Date.now() > end) throw new Error(`No answer to ${[...open].map((one) => one.url()).join(', ')}`);
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }
}
