/** `npm run icons`: draws the icons of window and tray from the renderer's logo, by the machine's Chromium. */
import { mkdir, readFile } from 'node:fs/promises';
import { launchChromium } from '../test/support/chromium.ts';
import { fromRoot } from './launch/root.mjs';

const sizePx = 512;

const svg = await readFile(fromRoot('src', 'renderer', 'logo.svg'), 'utf8');
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
  await mkdir(fromRoot('resources', 'icons'), { recursive: true });
  await page.screenshot({ path: fromRoot('resources', 'icons', 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
