import { Button, Group, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveToken } from '../../../shared/operations/tokens.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperationPages } from '../../client/queries.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { column } from '../../components/table-columns.ts';

/** The tokens that were given out and live. */
export function TokenTable() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useOperationPages('tokens.list', { limit: 100 });
  const { mutate: end, error } = useAction('tokens.end', ['tokens.list', 'audit.list']);
  const rotate = useAction('tokens.rotate-key', ['audit.list']);
  const mayEnd = may('clients.update');
  const columns = useMemo(
    () => [
      column<LiveToken>({
        id: 'clientId',
        header: t('client.one'),
        cell: ({ clientId }) => <span className="mono">{clientId}</span>,
      }),
      column<LiveToken>({
        id: 'operator',
        header: t('sessions.forWhom'),
        sizePx: 150,
        fromWidthPx: 760,
        cell: ({ operator }) => operator ?? '–',
      }),
      column<LiveToken>({
        id: 'kind',
        header: t('field.kind'),
        sizePx: 110,
        fromWidthPx: 860,
        cell: ({ kind }) => t(`sessions.kind.${kind}`),
      }),
      column<LiveToken>({ id: 'realm', header: t('field.realm'), sizePx: 130, cell: ({ realm }) => realm }),
      column<LiveToken>({
        id: 'expiresAt',
        header: t('sessions.ends'),
        sizePx: 130,
        cell: ({ expiresAt }) => <Moment at={expiresAt} show="distance" />,
      }),
      column<LiveToken>({
        id: 'actions',
        header: t('clients.actions'),
        sizePx: 110,
        cell: ({ id, clientId }) =>
          mayEnd ? (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('sessions.endToken', { name: clientId })}
              onClick={() => end({ id })}
            >
              {t('sessions.end')}
            </Button>
          ) : null,
      }),
    ],
    [t, mayEnd, end],
  );
  const isBlank = !list.isLoading && list.error === null && list.total === 0;
  return (
    <section aria-label={t('sessions.tokens')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('sessions.tokens')}</Title>
        {may('settings.write') ? (
          <Button
            size="xs"
            variant="default"
            loading={rotate.isPending}
            onClick={() =>
              rotate.mutate({}, { onSuccess: () => notifications.show({ message: t('sessions.rotated') }) })
            }
          >
            {t('sessions.rotate')}
          </Button>
        ) : null}
      </Group>
      <ProblemNotice error={error ?? rotate.error ?? list.error} onRetry={() => void list.retry()} />
      {isBlank ? (
        <Text c="dimmed">{t('sessions.noTokens')}</Text>
      ) : (
        <div style={{ display: 'grid', gridTemplateRows: 'minmax(0, auto)', maxHeight: 480 }}>
          <DataTable
            label={t('sessions.tokens')}
            columns={columns}
            rows={list.items}
            rowId={(row) => row.id}
            minWidthPx={620}
            {...list}
          />
        </div>
      )}
    </section>
  );
}
