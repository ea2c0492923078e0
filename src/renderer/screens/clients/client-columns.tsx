/** What a line of the API clients table shows. */
import { Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCirclePause } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { Badge } from '../../components/badge.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { type Columns, column } from '../../components/table-columns.ts';

export function clientColumns(t: TFunction): Columns<ApiClient> {
  return [
    column({
      id: 'name',
      header: t('field.name'),
      cell: (row) => (
        <>
          <AnchorLink to="/clients/$id" params={{ id: row.id }} inherit fw={570}>
            {row.name}
          </AnchorLink>
          {row.matchedField === undefined ? null : (
            <Text span size="xs" c="dimmed" ml={8}>
              {t(`clients.matched.${row.matchedField}`)}
            </Text>
          )}
        </>
      ),
    }),
    column({
      id: 'clientId',
      header: t('field.clientId'),
      sizePx: 236,
      cell: (row) => (
        <Group gap={4} wrap="nowrap">
          <span className="mono" style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {row.clientId}
          </span>
          <CopyButton
            iconOnly
            value={row.clientId}
            label={t('action.copyWhat', { what: t('field.clientId') })}
          />
        </Group>
      ),
    }),
    column({
      id: 'active',
      header: t('field.status'),
      sizePx: 116,
      cell: (row) =>
        row.active ? (
          <Badge tone="good" icon={IconCircleCheck}>
            {t('status.active')}
          </Badge>
        ) : (
          <Badge tone="quiet" icon={IconCirclePause}>
            {row.enabled ? t('clients.noRealm') : t('status.disabled')}
          </Badge>
        ),
    }),
    column({
      id: 'realms',
      header: t('field.realms'),
      sizePx: 120,
      cell: (row) => (row.realms.length === 0 ? '–' : row.realms.join(', ')),
    }),
    column({
      id: 'defaultProfile',
      header: t('field.defaultPolicy'),
      sizePx: 176,
      fromWidthPx: 900,
      cell: (row) => row.defaultProfile ?? '–',
    }),
    column({
      id: 'lastUsedAt',
      header: t('field.lastUsed'),
      sizePx: 116,
      fromWidthPx: 1080,
      cell: (row) =>
        row.lastUsedAt === null ? (
          <Text span inherit c="dimmed">
            {t('clients.never')}
          </Text>
        ) : (
          <Moment at={row.lastUsedAt} show="distance" />
        ),
    }),
  ];
}
