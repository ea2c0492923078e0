/** The audit record: every change, newest first; a line opens with all that was written. */
import { Drawer, Group, UnstyledButton } from '@mantine/core';
import { IconBook2, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../../shared/operations/system.ts';
import { useOperationPages } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { PemBlock } from '../../components/pem-block.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { column } from '../../components/table-columns.ts';
import styles from './audit.module.css';

const route = getRouteApi('/audit');

function Outcome({ outcome }: Pick<AuditEvent, 'outcome'>) {
  const { t } = useTranslation();
  return outcome === 'success' ? (
    <Badge tone="good" icon={IconCircleCheck}>
      {t('audit.success')}
    </Badge>
  ) : (
    <Badge tone="bad" icon={IconCircleX}>
      {t('audit.failure')}
    </Badge>
  );
}

function EventDetail({ event }: { readonly event: AuditEvent }) {
  const { t } = useTranslation();
  return (
    <>
      <FieldList
        fields={[
          { label: t('audit.index'), value: event.index, mono: true },
          { label: t('audit.at'), value: <Moment at={event.at} show="exact" /> },
          { label: t('field.status'), value: <Outcome outcome={event.outcome} /> },
          { label: t('audit.actor'), value: `${event.actor.name} (${event.actor.kind})` },
          { label: t('audit.door'), value: event.door },
          event.subject === null
            ? undefined
            : {
                label: t('audit.subject'),
                value: `${event.subject.kind} ${event.subject.name ?? ''}`.trim(),
              },
          event.subject === null
            ? undefined
            : { label: t('audit.subjectId'), value: event.subject.id, copy: event.subject.id, mono: true },
        ]}
      />
      <PemBlock wrap title={t('audit.detail')} text={JSON.stringify(event.detail, null, 2)} />
    </>
  );
}

export function AuditScreen() {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const { search } = route.useSearch();
  const list = useOperationPages('audit.list', { limit: 100, ...(search === undefined ? {} : { search }) });
  const [shown, setShown] = useState<AuditEvent | null>(null);
  const columns = useMemo(
    () => [
      column<AuditEvent>({
        id: 'type',
        header: t('audit.event'),
        cell: (row) => (
          <UnstyledButton fz="sm" fw={570} className={`mono ${styles.event}`} onClick={() => setShown(row)}>
            {row.type}
          </UnstyledButton>
        ),
      }),
      column<AuditEvent>({
        id: 'subject',
        header: t('audit.subject'),
        sizePx: 230,
        cell: (row) => (row.subject === null ? '–' : (row.subject.name ?? row.subject.id)),
      }),
      column<AuditEvent>({
        id: 'actor',
        header: t('audit.actor'),
        sizePx: 120,
        cell: (row) => row.actor.name,
      }),
      column<AuditEvent>({
        id: 'door',
        header: t('audit.door'),
        sizePx: 150,
        fromWidthPx: 1100,
        cell: (row) => row.door,
      }),
      column<AuditEvent>({
        id: 'outcome',
        header: t('field.status'),
        sizePx: 124,
        cell: (row) => <Outcome outcome={row.outcome} />,
      }),
      column<AuditEvent>({
        id: 'at',
        header: t('audit.at'),
        sizePx: 206,
        cell: (row) => <Moment at={row.at} show="exact" />,
      }),
      column<AuditEvent>({
        id: 'index',
        header: t('audit.index'),
        sizePx: 76,
        fromWidthPx: 940,
        cell: (row) => <span className="mono">{row.index}</span>,
      }),
    ],
    [t],
  );
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  return (
    <Page fill title={t('screen.audit')} description={t('audit.text')}>
      <Group mb="sm">
        <div style={{ flex: '1 1 260px', maxWidth: 460 }}>
          <SearchField
            label={t('audit.search')}
            value={search ?? ''}
            onChange={(text) => void navigate({ search: text === '' ? {} : { search: text }, replace: true })}
          />
        </div>
      </Group>
      <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
      {isEmpty ? (
        <EmptyState icon={IconBook2} title={t('table.nothingFound')}>
          {t('audit.emptyText')}
        </EmptyState>
      ) : (
        <DataTable
          label={t('screen.audit')}
          columns={columns}
          rows={list.items}
          rowId={(row) => String(row.index)}
          minWidthPx={800}
          onOpen={setShown}
          {...list}
        />
      )}
      <Drawer
        opened={shown !== null}
        onClose={() => setShown(null)}
        position="right"
        size={520}
        title={<span className="mono">{shown?.type}</span>}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {shown === null ? null : <EventDetail event={shown} />}
      </Drawer>
    </Page>
  );
}
