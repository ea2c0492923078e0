/** Numbers that lead to what they count. */
import { IconAlertTriangle, IconBan, IconCircleCheck, IconHourglassOff, IconKey } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../shared/operations/system.ts';
import styles from './dashboard.module.css';

export function Counters({ overview }: { readonly overview: Overview }) {
  const { t, i18n } = useTranslation();
  const { certificates, clients } = overview;
  const format = new Intl.NumberFormat(i18n.language);
  const counters = [
    {
      name: t('dashboard.valid'),
      icon: <IconCircleCheck size={16} color="var(--ch-good)" aria-hidden="true" />,
      count: certificates.valid,
      link: { to: '/certificates', search: { status: 'valid' } },
    },
    {
      name: t('dashboard.expiring'),
      icon: <IconAlertTriangle size={16} color="var(--ch-warn)" aria-hidden="true" />,
      count: certificates.expiringIn30Days,
      link: { to: '/certificates', search: { status: 'valid', sort: 'notAfter' } },
    },
    {
      name: t('dashboard.expired'),
      icon: <IconHourglassOff size={16} aria-hidden="true" />,
      count: certificates.expired,
      link: { to: '/certificates', search: { status: 'expired' } },
    },
    {
      name: t('dashboard.revoked'),
      icon: <IconBan size={16} color="var(--ch-bad)" aria-hidden="true" />,
      count: certificates.revoked,
      link: { to: '/certificates', search: { status: 'revoked' } },
    },
    {
      name: t('screen.clients'),
      icon: <IconKey size={16} aria-hidden="true" />,
      count: clients,
      link: { to: '/clients', search: {} },
    },
  ] as const;
  return (
    <ul className={styles.counters} aria-label={t('dashboard.counters')}>
      {counters.map(({ name, icon, count, link }) => (
        <li key={name}>
          <Link {...link} className={styles.counter}>
            <span className={styles.name}>
              {icon}
              {name}
            </span>
            <span className={styles.number}>{format.format(count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
