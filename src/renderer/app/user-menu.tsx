/** Who is signed in; language, light or dark, lock, sign out. */
import { Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconLock,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSun,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { call } from '../client/call.ts';
import { useAction } from '../client/queries.ts';
import { setSessionToken } from '../client/session-token.ts';
import { languages, setLanguage } from './i18n.ts';
import { useMay, useWhoami } from './permissions.ts';
import styles from './shell.module.css';

const schemes = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const;

function Chosen({ when }: { readonly when: boolean }) {
  return when ? <IconCheck size={15} aria-hidden="true" /> : null;
}

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const whoami = useWhoami();
  const may = useMay();
  const lock = useAction('vault.lock', ['vault.show']);
  const name = whoami?.name ?? '';
  const signOut = (): void => {
    // The token is forgotten here whether or not the service hears of it.
    void call('sessions.end', {}).catch(() => undefined);
    setSessionToken(null);
  };
  return (
    <Menu width={220} position="top-start">
      <Menu.Target>
        <UnstyledButton className={styles.user}>
          <span className={styles.face} aria-hidden="true">
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span style={{ flex: 1, minWidth: 0 }}>
            <Text size="sm" fw={550} truncate lh={1.3}>
              {name}
            </Text>
            <Text size="xs" c="dimmed" truncate lh={1.3}>
              {t('shell.signedIn')}
            </Text>
          </span>
          <IconSelector size={16} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('settings.appearance')}</Menu.Label>
        {schemes.map(([scheme, Mark]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Mark size={16} />}
            rightSection={<Chosen when={colorScheme === scheme} />}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`settings.scheme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('settings.language')}</Menu.Label>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={<Chosen when={i18n.language === language} />}
            onClick={() => setLanguage(language)}
          >
            {t(`language.${language}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {may('vault.manage') ? (
          <Menu.Item leftSection={<IconLock size={16} />} onClick={() => lock.mutate({})}>
            {t('settings.lock')}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
