import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronBinary } from '../../scripts/launch/electron.mjs';
import { root } from '../../scripts/launch/root.mjs';

describe('the window', () => {
  let home = '';
  let desktop: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'chancery-desktop-'));
    desktop = await _electron.launch({ executablePath: electronBinary(), args: [root, '--home', home] });
    page = await desktop.firstWindow();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  });

  afterAll(async () => {
    await desktop?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('shows the renderer under our own scheme', () => {
    expect(page.url()).toMatch(/^chancery:\/\/app\/ui\//);
  });

  it('gives the page nothing of Node', async () => {
    expect(
      await page.evaluate(() => [
        typeof Reflect.get(globalThis, 'require'),
        typeof Reflect.get(globalThis, 'process'),
      ]),
    ).toEqual(['undefined', 'undefined']);
  });

  it('answers the page in process, changes included', async () => {
    const read = await page.evaluate(async () => (await fetch('/api/v1/openapi.json')).status);
    expect(read).toBe(200);
    const write = await page.evaluate(
      async () => (await fetch('/api/v1/no-such-thing', { method: 'POST' })).status,
    );
    expect(write).toBe(404);
  });

  it('lets the page reach no network', async () => {
    const failed = await page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => false,
        () => true,
      ),
    );
    expect(failed).toBe(true);
  });

  it('keeps the page where it is, and opens no window', async () => {
    const before = page.url();
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    expect(page.url()).toBe(before);
    expect(desktop.windows()).toHaveLength(1);
  });

  it('denies the page its permissions', async () => {
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });
});
