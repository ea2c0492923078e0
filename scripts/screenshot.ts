/**
 * `npm run screenshot`: makes docs/screenshot.png of the real application. Starts the console on a data folder of
 * its own, fills it as a small company would, and drives the machine's Chromium.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { launchChromium } from '../test/support/chromium.ts';
import { fromRoot } from './launch/root.mjs';

const servers = [
  'www',
  'shop',
  'mail',
  'ldap',
  'vpn',
  'git',
  'wiki',
  'build',
  'grafana',
  'registry',
  'backup',
  'status',
];
const people = ['Ada Lovelace', 'Grace Hopper', 'Hedy Lamarr', 'Radia Perlman'];

const home = mkdtempSync(join(tmpdir(), 'chancery-screenshot-'));
const cli = fromRoot('out', 'main', 'cli.js');

function chancery(...args: string[]): { id: string } {
  return JSON.parse(
    execFileSync(process.execPath, [cli, ...args, '--home', home, '--json'], { encoding: 'utf8' }),
  );
}

function fill(): void {
  chancery('init', '--vault', 'file');
  chancery('quickstart');
  const issue = ['certificates', 'issue', '--subject-organization', 'Example GmbH'];
  const issued = servers.map((name, index) => {
    const host = `${name}.example.com`;
    const days = `${7 + index * 7}d`;
    return chancery(
      ...issue,
      '--profile',
      'tls-server',
      '--subject-common-name',
      host,
      '--san',
      `dns:${host}`,
      '--validity',
      days,
    );
  });
  for (const name of people) {
    const address = `${name.toLowerCase().replace(' ', '.')}@example.com`;
    chancery(...issue, '--profile', 'user', '--subject-common-name', name, '--san', `email:${address}`);
  }
  chancery('certificates', 'revoke', issued[3]?.id ?? '', '--reason', 'superseded', '--yes');
}

async function photograph(address: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const viewport = { width: 1440, height: 900 };
    const page = await browser.newPage({ viewport, ignoreHTTPSErrors: true, locale: 'en-GB' });
    await page.goto(address);
    await page.getByRole('link', { name: 'Certificates', exact: true }).first().click();
    await page.getByText('www.example.com').first().waitFor();
    await page.waitForLoadState('networkidle');
    mkdirSync(fromRoot('docs'), { recursive: true });
    await page.screenshot({ path: fromRoot('docs', 'screenshot.png'), animations: 'disabled' });
  } finally {
    await browser.close();
  }
}

try {
  fill();
  const args = [cli, 'serve', '--home', home, '--port', '0'];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface(server.stdout)) {
      if (!line.startsWith('open ')) continue;
      await photograph(line.slice('open '.length));
      break;
    }
  } finally {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
