/** What waits for a person: decisions, certificates to accept, alerts, CRLs that lapse, certificates in their last week. */
import { Card, Text, Title } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconBell,
  IconChecklist,
  IconCircleCheck,
  IconFileAlert,
  IconInbox,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../shared/operations/system.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { Moment } from '../../components/moment.tsx';
import { daysUntil } from '../../components/time.ts';
import styles from './dashboard.module.css';

/** A CRL within this many days of its nextUpdate is shown. */
const crlSoonDays = 2;
const refetchIntervalMs = 60_000;

interface ThingProps {
  readonly link: Pick<LinkProps, 'to' | 'search' | 'params'>;
  readonly icon: Icon;
  readonly tone: 'info' | 'warn';
  readonly title: string;
  readonly children: ReactNode;
}

function Thing({ link, icon: Mark, tone, title, children }: ThingProps) {
  return (
    <li>
      <Link {...link}>
        <Mark size={20} color={`var(--ch-${tone})`} aria-hidden="true" />
        <span className={styles.words}>
          <strong>{title}</strong>
          <Text size="xs" c="dimmed" component="div">
            {children}
          </Text>
        </span>
      </Link>
    </li>
  );
}

/** How many requests and alerts there are, for who may see them. */
function useWaiting(): { readonly requests: number; readonly alerts: number } {
  const may = useMay();
  const requests = useOperation(
    'requests.list',
    { awaitsMe: true, limit: 1 },
    { refetchIntervalMs, enabled: may('requests.decide') },
  );
  const alerts = useOperation(
    'alerts.list',
    { state: 'new', limit: 1 },
    { refetchIntervalMs, enabled: may('alerts.read') },
  );
  return { requests: requests.data?.total ?? 0, alerts: alerts.data?.total ?? 0 };
}

export function Waiting({ overview }: { readonly overview: Overview }) {
  const { t } = useTranslation();
  const { requests, alerts } = useWaiting();
  const { pending } = overview;
  const soon = overview.crls.filter(({ nextUpdate }) => daysUntil(nextUpdate) < crlSoonDays);
  const lastWeek = overview.certificates.expiringIn7Days;
  const isCalm = requests + pending + alerts + lastWeek + soon.length === 0;
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
          {requests === 0 ? null : (
            <Thing
              link={{ to: '/requests', search: { whose: 'awaitsMe' } }}
              icon={IconChecklist}
              tone="info"
              title={t('dashboard.requests', { count: requests })}
            >
              {t('dashboard.requestsText')}
            </Thing>
          )}
          {pending === 0 ? null : (
            <Thing
              link={{ to: '/pending' }}
              icon={IconInbox}
              tone="info"
              title={t('dashboard.pending', { count: pending })}
            >
              {t('dashboard.pendingText')}
            </Thing>
          )}
          {alerts === 0 ? null : (
            <Thing
              link={{ to: '/alerts' }}
              icon={IconBell}
              tone="warn"
              title={t('dashboard.alerts', { count: alerts })}
            >
              {t('dashboard.alertsText')}
            </Thing>
          )}
          {lastWeek === 0 ? null : (
            <Thing
              link={{ to: '/certificates', search: { status: 'valid', sort: 'notAfter' } }}
              icon={IconAlertTriangle}
              tone="warn"
              title={t('dashboard.lastWeek', { count: lastWeek })}
            >
              {t('dashboard.lastWeekText')}
            </Thing>
          )}
          {soon.map(({ authority, nextUpdate }) => (
            <Thing
              key={authority}
              link={{ to: '/authorities/$slug', params: { slug: authority } }}
              icon={IconFileAlert}
              tone="warn"
              title={t('dashboard.crlLapses', { authority })}
            >
              {t('field.nextUpdate')} <Moment at={nextUpdate} show="distance" />
            </Thing>
          ))}
        </ul>
      )}
    </Card>
  );
}
