import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

export interface SavedFile {
  readonly name: string;
  /** Where it lies until the window is closed. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** What the browser saves because of `press`. */
export async function savedFile(page: Page, press: () => Promise<void>): Promise<SavedFile> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  const path = await download.path();
  return { name: download.suggestedFilename(), path, bytes: readFileSync(path) };
}
