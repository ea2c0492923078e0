import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pycaVectors } from '../../test/conformance/pyca-vectors.ts';
import { findChromium } from '../../test/support/chromium.ts';
import { runChild, sayWhy } from '../launch/child.mjs';

/** Programs of the system that tests use, with Debian's package for each. */
const prerequisites: readonly { readonly package: string; readonly isThere: () => boolean }[] = [
  { package: 'chromium', isThere: () => findChromium() !== undefined },
  { package: 'openssl', isThere: () => isOnPath('openssl') },
  {
    package: 'python3-aiosmtpd',
    isThere: () => existsSync('/usr/lib/python3/dist-packages/aiosmtpd'),
  },
  { package: 'gnutls-bin', isThere: () => isOnPath('certtool') },
  { package: 'gnome-keyring', isThere: () => isOnPath('gnome-keyring-daemon') },
  { package: 'libsecret-tools', isThere: () => isOnPath('secret-tool') },
  { package: 'dbus', isThere: () => isOnPath('dbus-run-session') },
  { package: 'dbus-x11', isThere: () => isOnPath('dbus-launch') },
  { package: 'slapd', isThere: () => isOnPath('slapd') },
  { package: 'curl', isThere: () => isOnPath('curl') },
  { package: 'python3-cryptography-vectors', isThere: () => existsSync(pycaVectors) },
  { package: 'fonts-dejavu', isThere: () => existsSync('/usr/share/fonts/truetype/dejavu') },
];

/**
 * Installs with apt-get what tests need and the machine lacks, where this is root on Debian. Elsewhere says what
 * is missing; the tests that need it skip themselves.
 */
export async function installPrerequisites(): Promise<void> {
  if (process.platform !== 'linux') return;
  const missing = prerequisites.filter(({ isThere }) => !isThere()).map((item) => item.package);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    sayWhy(`Tests that need ${missing.join(', ')} are skipped, since installing them takes root on Debian.`);
    return;
  }
  sayWhy(`Installing for the tests: ${missing.join(', ')}.`);
  const updated = await aptGet('update');
  const installed = await aptGet('install', '--yes', '--no-install-recommends', ...missing);
  if (updated !== 0 || installed !== 0) {
    sayWhy(
      `Tests that need ${missing.join(', ')} may be skipped, since apt-get could not install all of them.`,
    );
  }
}

function aptGet(...args: string[]): Promise<number> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return runChild('apt-get', ['-q', '-q', ...args], { env, stdio: ['ignore', 2, 2] });
}

function isOnPath(name: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders, '/usr/sbin', '/sbin'].some((folder) => existsSync(join(folder, name)));
}
