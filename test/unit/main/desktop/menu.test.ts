import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { app, resetElectron } from '../../../support/electron-stand-in.ts';

vi.mock('electron', () => import('../../../support/electron-stand-in.ts'));
const { menuTemplate } = await import('../../../../src/main/desktop/menu.ts');
const { textsFor } = await import('../../../../src/main/desktop/texts.ts');

const itemsOf = (menu: MenuItemConstructorOptions[]) =>
  menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
const rolesOf = (menu: MenuItemConstructorOptions[]) => itemsOf(menu).map(({ role }) => role);

beforeEach(resetElectron);

describe('menuTemplate', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('has no item that does nothing on %s', (platform) => {
    const idle = itemsOf(menuTemplate(textsFor('en'), platform, true)).filter(
      ({ role, click, type }) => role === undefined && click === undefined && type !== 'separator',
    );
    expect(idle).toEqual([]);
  });

  it('offers reloading and developer tools in development only', () => {
    expect(rolesOf(menuTemplate(textsFor('en'), 'linux', true))).toContain('toggleDevTools');
    const roles = rolesOf(menuTemplate(textsFor('en'), 'linux', false));
    expect(roles).not.toContain('toggleDevTools');
    expect(roles).not.toContain('reload');
    expect(roles).toEqual(expect.arrayContaining(['copy', 'paste', 'zoomIn', 'quit']));
  });

  it('shows what Chancery this is', () => {
    const about = itemsOf(menuTemplate(textsFor('en'), 'linux', false)).find(
      ({ label }) => label === 'About Chancery',
    );
    (about?.click as (() => void) | undefined)?.();
    expect(app.calls).toEqual(['about']);
  });

  it('speaks the language of the system', () => {
    expect(menuTemplate(textsFor('de-AT'), 'linux', false).map(({ label }) => label)).toContain('Bearbeiten');
    expect(menuTemplate(textsFor('fr'), 'linux', false).map(({ label }) => label)).toContain('Edit');
  });
});
