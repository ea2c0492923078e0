/** What waits for a person: certificates to accept, CRLs that lapse, certificates in their last week. */
import { Card, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFileAlert, IconInbox } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../shared/operations/system.ts';
import { Moment } from '../../components/moment.tsx';
import { daysUntil } from '../../components/time.ts';
import styles from './dashboard.module.css';

/** A CRL within this many days of its nextUpdate is shown. */
const crlSoonDays = 2;

export function Waiting({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation();
  const soon = overview.crls.filter(({ nextUpdate }) => daysUntil(nextUpdate) < crlSoonDays);
  const lastWeek = overview.certificates.expiringIn7Days;
  const isCalm = overview.pending === 0 && soon.length === 0 && lastWeek === 0;
  return (
    <Card h="100%">
      <Title order={2} mb={6}>
        {t('dashboard.waiting')}
      </Title>
      {isCalm ? (
        <Text c="dimmed" size="sm" style={{ display: 'flex', gap: 8, alignItems: 'center' }} mt={4}>
          <IconCircleCheck size={18} color="var(--ch-good)" aria-hidden="true" />
          {t('dashboard.nothingWaits')}
        </Text>
      ) : (
        <ul className={styles.todo}>
          {overview.pending === 0 ? null : (
            <li>
              <Link to="/pending">
                <IconInbox size={20} color="var(--ch-info)" aria-hidden="true" />
                <span className={styles.words}>
                  <strong>{t('dashboard.pending', { count: overview.pending })}</strong>
                  <Text size="xs" c="dimmed">
                    {t('dashboard.pendingText')}
                  </Text>
                </span>
              </Link>
            </li>
          )}
          {lastWeek === 0 ? null : (
            <li>
              <Link to="/certificates" search={{ status: 'valid', sort: 'notAfter' }}>
                <IconAlertTriangle size={20} color="var(--ch-warn)" aria-hidden="true" />
                <span className={styles.words}>
                  <strong>{t('dashboard.lastWeek', { count: lastWeek })}</strong>
                  <Text size="xs" c="dimmed">
                    {t('dashboard.lastWeekText')}
                  </Text>
                </span>
              </Link>
            </li>
          )}
          {soon.map(({ authority, nextUpdate }) => (
            <li key={authority}>
              <Link to="/authorities/$slug" params={{ slug: authority }}>
                <IconFileAlert size={20} color="var(--ch-warn)" aria-hidden="true" />
                <span className={styles.words}>
                  <strong>{t('dashboard.crlLapses', { authority })}</strong>
                  <Text size="xs" c="dimmed" component="div">
                    {t('field.nextUpdate')} <Moment at={nextUpdate} show="distance" />
                  </Text>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
