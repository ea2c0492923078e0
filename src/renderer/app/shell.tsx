/** The frame around every screen: side bar, palette, dialogs that open from anywhere, and where the focus goes. */
import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LogoMark } from '../components/logo.tsx';
import { CommandPalette } from './command-palette.tsx';
import { GlobalDialogs } from './global-dialogs.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

export function Shell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a navigation closes the drawn-out side bar
  useEffect(close, [path]);
  return (
    <>
      <a className="skip-link" href="#main">
        {t('shell.skip')}
      </a>
      <AppShell
        header={{ height: { base: 52, sm: 0 } }}
        navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        transitionDuration={150}
        withBorder={false}
      >
        <AppShell.Header className={styles.header} hiddenFrom="sm">
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('shell.menu')} />
          <LogoMark size={24} />
          <strong>Chancery</strong>
        </AppShell.Header>
        <AppShell.Navbar className={styles.navbar} aria-label={t('shell.navigation')}>
          <Sidebar />
        </AppShell.Navbar>
        <AppShell.Main className={styles.main} id="main" tabIndex={-1}>
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <CommandPalette />
      <GlobalDialogs />
    </>
  );
}
