/** What a line of the table of destinations shows. */
import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCirclePause } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { noticeKinds } from '../../../shared/model/alert.ts';
import type { AlertDestination } from '../../../shared/operations/alert-destinations.ts';
import { Badge } from '../../components/badge.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Columns, column } from '../../components/table-columns.ts';

/** Where it is, in one line. */
export function addressOf({ url, host, port }: AlertDestination): string {
  return url ?? `${host}:${port}`;
}

export function destinationColumns(t: TFunction): Columns<AlertDestination> {
  return [
    column({
      id: 'name',
      header: t('field.name'),
      cell: ({ name }) => (
        <Text span inherit fw={570}>
          {name}
        </Text>
      ),
    }),
    column({
      id: 'kind',
      header: t('field.kind'),
      sizePx: 84,
      cell: ({ kind }) => t(`destinations.kind.${kind}`),
    }),
    column({
      id: 'address',
      header: t('destinations.address'),
      sizePx: 200,
      fromWidthPx: 860,
      cell: (row) => (
        <span className="mono" title={addressOf(row)}>
          {addressOf(row)}
        </span>
      ),
    }),
    column({
      id: 'notices',
      header: t('destinations.notices'),
      sizePx: 116,
      cell: ({ notices }) => (
        <span title={notices.map((kind) => t(`destinations.notice.${kind}`)).join('\n')}>
          {notices.length === noticeKinds.length
            ? t('destinations.everything')
            : t('destinations.some', { count: notices.length, of: noticeKinds.length })}
        </span>
      ),
    }),
    column({
      id: 'realms',
      header: t('field.realms'),
      sizePx: 104,
      fromWidthPx: 720,
      cell: ({ realms }) => realms?.join(', ') ?? t('access.allRealms'),
    }),
    column({
      id: 'status',
      header: t('field.status'),
      sizePx: 124,
      cell: (row) => <DestinationStatus destination={row} t={t} />,
    }),
    column({
      id: 'lastDeliveredAt',
      header: t('destinations.delivered'),
      sizePx: 110,
      fromWidthPx: 940,
      cell: ({ lastDeliveredAt }) =>
        lastDeliveredAt === null ? (
          <Text span inherit c="dimmed">
            {t('clients.never')}
          </Text>
        ) : (
          <Moment at={lastDeliveredAt} show="distance" />
        ),
    }),
  ];
}

interface DestinationStatusProps {
  readonly destination: AlertDestination;
  readonly t: TFunction;
}

function DestinationStatus({ destination: { enabled, failures }, t }: DestinationStatusProps) {
  if (!enabled) {
    return (
      <Badge tone="quiet" icon={IconCirclePause}>
        {t('status.disabled')}
      </Badge>
    );
  }
  return failures > 0 ? (
    <Badge tone="bad" icon={IconAlertTriangle}>
      {t('destinations.failing')}
    </Badge>
  ) : (
    <Badge tone="good" icon={IconCircleCheck}>
      {t('status.active')}
    </Badge>
  );
}
