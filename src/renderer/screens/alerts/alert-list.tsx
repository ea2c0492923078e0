/** The alerts themselves, with what acknowledges them. */
import { Button, Group, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { IconBell, IconChecks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alertStates } from '../../../shared/operations/alerts.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperationPages } from '../../client/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { AlertCard } from './alert-card.tsx';
import styles from './alerts.module.css';

export function AlertList() {
  const { t } = useTranslation();
  const may = useMay();
  const [state, setState] = useState<(typeof alertStates)[number]>('open');
  const list = useOperationPages('alerts.list', { state, limit: 50 });
  const acknowledge = useAction('alerts.acknowledge', ['alerts.list', 'audit.list']);
  const unseen = list.items.filter(({ acknowledgedAt }) => acknowledgedAt === null).map(({ id }) => id);
  const mayAcknowledge = may('alerts.acknowledge');
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t('alerts.which')}
          value={state}
          onChange={(value) => setState(value as typeof state)}
          data={alertStates.map((value) => ({ value, label: t(`alerts.state.${value}`) }))}
        />
        {mayAcknowledge && unseen.length > 1 ? (
          <Button
            variant="default"
            leftSection={<IconChecks size={16} />}
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ ids: unseen })}
          >
            {t('alerts.acknowledgeAll')}
          </Button>
        ) : null}
      </Group>
      <ProblemNotice error={list.error ?? acknowledge.error} onRetry={() => void list.retry()} />
      {list.isLoading && list.error === null ? <Skeleton height={240} /> : null}
      {isEmpty ? (
        <EmptyState icon={IconBell} title={t('alerts.empty')}>
          {t('alerts.emptyText')}
        </EmptyState>
      ) : (
        <ul className={styles.list} aria-label={t('screen.alerts')}>
          {list.items.map((alert) => (
            <AlertCard
              key={alert.id}
              alert={alert}
              onAcknowledge={mayAcknowledge ? () => acknowledge.mutate({ ids: [alert.id] }) : undefined}
            />
          ))}
        </ul>
      )}
      {list.hasMore ? (
        <Button variant="default" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
          {t('table.more')}
        </Button>
      ) : null}
    </Stack>
  );
}
