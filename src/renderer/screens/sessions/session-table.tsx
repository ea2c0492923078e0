import { Button, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveSession } from '../../../shared/operations/sessions.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperationPages } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { column } from '../../components/table-columns.ts';

/** The sessions of people; one's own ends by signing out. */
export function SessionTable() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useOperationPages('sessions.list', { limit: 100 });
  const { mutate: close, error } = useAction('sessions.close', ['sessions.list', 'audit.list']);
  const mayEnd = may('operators.write');
  const columns = useMemo(
    () => [
      column<LiveSession>({
        id: 'name',
        header: t('field.name'),
        cell: ({ name, isOwn }) => (
          <>
            <Text span inherit fw={570} mr={8}>
              {name}
            </Text>
            {isOwn ? <Badge tone="info">{t('sessions.own')}</Badge> : null}
          </>
        ),
      }),
      column<LiveSession>({
        id: 'door',
        header: t('sessions.door'),
        sizePx: 200,
        cell: ({ door }) => <span className="mono">{door}</span>,
      }),
      column<LiveSession>({
        id: 'lastUsedAt',
        header: t('field.lastUsed'),
        sizePx: 130,
        cell: ({ lastUsedAt }) => <Moment at={lastUsedAt} show="distance" />,
      }),
      column<LiveSession>({
        id: 'expiresAt',
        header: t('sessions.ends'),
        sizePx: 130,
        fromWidthPx: 800,
        cell: ({ expiresAt }) => <Moment at={expiresAt} show="distance" />,
      }),
      column<LiveSession>({
        id: 'actions',
        header: t('clients.actions'),
        sizePx: 110,
        cell: ({ id, name, isOwn }) =>
          isOwn || !mayEnd ? null : (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('sessions.endWhat', { name })}
              onClick={() => close({ id })}
            >
              {t('sessions.end')}
            </Button>
          ),
      }),
    ],
    [t, mayEnd, close],
  );
  return (
    <section aria-label={t('sessions.people')}>
      <Title order={2} mb="xs">
        {t('sessions.people')}
      </Title>
      <ProblemNotice error={error ?? list.error} onRetry={() => void list.retry()} />
      <div style={{ display: 'grid', gridTemplateRows: 'minmax(0, auto)', maxHeight: 360 }}>
        <DataTable
          label={t('sessions.people')}
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          minWidthPx={620}
          {...list}
        />
      </div>
    </section>
  );
}
