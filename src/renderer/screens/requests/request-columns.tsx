/** What a line of the requests table shows. */
import type { TFunction } from 'i18next';
import type { RequestSummary } from '../../../shared/model/request.ts';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Columns, column } from '../../components/table-columns.ts';
import { RequestBadge } from './request-badge.tsx';

export function requestColumns(t: TFunction): Columns<RequestSummary> {
  return [
    column({
      id: 'commonName',
      header: t('field.name'),
      cell: (row) => (
        <AnchorLink to="/requests/$id" params={{ id: row.id }} fw={570} c="inherit">
          {row.commonName}
        </AnchorLink>
      ),
    }),
    column({
      id: 'status',
      header: t('field.status'),
      sizePx: 208,
      cell: (row) => <RequestBadge {...row} />,
    }),
    column({
      id: 'kind',
      header: t('requests.kind'),
      sizePx: 148,
      fromWidthPx: 860,
      cell: (row) => t(`requests.kinds.${row.kind}`),
    }),
    column({
      id: 'profile',
      header: t('field.profile'),
      sizePx: 160,
      fromWidthPx: 1000,
      cell: (row) => row.profile ?? '–',
    }),
    column({
      id: 'requestedBy',
      header: t('requests.requestedBy'),
      sizePx: 150,
      fromWidthPx: 720,
      cell: (row) => row.requestedBy,
    }),
    column({
      id: 'createdAt',
      header: t('requests.requestedAt'),
      sizePx: 130,
      cell: (row) => <Moment at={row.createdAt} show="distance" />,
    }),
  ];
}
