/** Where one can go, what waits there, and who is signed in. */
import { Kbd, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../client/queries.ts';
import { LogoMark } from '../components/logo.tsx';
import { type Destination, navigation } from './navigation.ts';
import { useMay } from './permissions.ts';
import styles from './shell.module.css';
import { UserMenu } from './user-menu.tsx';

const isApple = /mac/i.test(navigator.userAgent);

function DestinationLink({ to, name, icon: Mark, waiting }: Destination & { readonly waiting: number }) {
  const { t } = useTranslation();
  return (
    <li>
      <Link to={to} className={styles.link}>
        <Mark size={18} stroke={1.7} aria-hidden="true" />
        <span className={styles.name}>{t(`screen.${name}`)}</span>
        {waiting === 0 ? null : (
          <span className={styles.number} role="img" aria-label={t('shell.waiting', { count: waiting })}>
            {waiting}
          </span>
        )}
      </Link>
    </li>
  );
}

export function Sidebar() {
  const { t } = useTranslation();
  const may = useMay();
  const overview = useOperation(
    'system.overview',
    {},
    { refetchIntervalMs: 60_000, enabled: may('certificates.read') },
  );
  const awaiting = useOperation(
    'requests.list',
    { awaitsMe: true, limit: 1 },
    { refetchIntervalMs: 60_000, enabled: may('requests.decide') },
  );
  const alerts = useOperation(
    'alerts.list',
    { state: 'new', limit: 1 },
    { refetchIntervalMs: 60_000, enabled: may('alerts.read') },
  );
  const waiting: Partial<Record<Destination['name'], number>> = {
    pending: overview.data?.pending ?? 0,
    requests: awaiting.data?.total ?? 0,
    alerts: alerts.data?.total ?? 0,
  };
  return (
    <>
      <div className={`${styles.brand} mantine-visible-from-sm`}>
        <LogoMark />
        Chancery
      </div>
      <UnstyledButton className={styles.search} onClick={spotlight.open}>
        <IconSearch size={15} aria-hidden="true" />
        <span>{t('palette.open')}</span>
        <Kbd size="xs" aria-hidden="true">
          {isApple ? '⌘ K' : 'Ctrl K'}
        </Kbd>
      </UnstyledButton>
      <div className={styles.scroll}>
        {navigation.map(({ name, destinations }) => {
          const shown = destinations.filter(({ permission }) => permission === null || may(permission));
          if (shown.length === 0) return null;
          return (
            <div key={name}>
              <div className={styles.groupName} id={`nav-${name}`}>
                {t(`shell.group.${name}`)}
              </div>
              <ul className={styles.group} aria-labelledby={`nav-${name}`}>
                {shown.map((one) => (
                  <DestinationLink key={one.to} {...one} waiting={waiting[one.name] ?? 0} />
                ))}
              </ul>
            </div>
          );
        })}
      </div>
      <UserMenu />
    </>
  );
}
