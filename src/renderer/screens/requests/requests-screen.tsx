/** All requests: those that wait for the person first at hand, the others by filter. */
import { Button, Group, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChecklist, IconSend } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestKind, requestStatuses } from '../../../shared/model/request.ts';
import { useMay } from '../../app/permissions.ts';
import { narrowed } from '../../app/text-search.ts';
import { useOperationPages } from '../../client/queries.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterSelect } from '../../components/filter-select.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { ExternalDialog } from './external-dialog.tsx';
import { requestColumns } from './request-columns.tsx';
import { type RequestSearch, type WhoseRequests, whoseRequests } from './request-search.ts';

const route = getRouteApi('/requests');

export function RequestsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = route.useNavigate();
  const { whose, ...search } = route.useSearch();
  const list = useOperationPages('requests.list', {
    ...search,
    ...(whose === undefined ? {} : { [whose]: true }),
    limit: 100,
  });
  const [isAsking, asking] = useDisclosure(false);
  const columns = useMemo(() => requestColumns(t), [t]);
  const narrow = (change: Parameters<typeof narrowed<RequestSearch>>[1]): void => {
    void navigate({ search: (before) => narrowed(before, change), replace: true });
  };
  const shown = whoseRequests.filter((one) => one !== 'awaitsMe' || may('requests.decide'));
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  const isFiltered = Object.keys(search).length > 0 || whose === 'mine';
  return (
    <Page
      fill
      title={t('screen.requests')}
      description={t('requests.text')}
      actions={
        may('certificates.issue') ? (
          <Button leftSection={<IconSend size={16} />} onClick={asking.open}>
            {t('requests.external.action')}
          </Button>
        ) : undefined
      }
    >
      <Group gap="xs" mb="sm" align="center">
        <SegmentedControl
          aria-label={t('requests.whose')}
          data={shown.map((value) => ({ value, label: t(`requests.${value}`) }))}
          value={whose ?? 'all'}
          onChange={(value) => {
            const next = value as WhoseRequests;
            narrow({ whose: next === 'all' ? undefined : next });
          }}
        />
        <div style={{ flex: '1 1 220px' }}>
          <SearchField
            label={t('requests.search')}
            value={search.search ?? ''}
            onChange={(text) => narrow({ search: text })}
          />
        </div>
        {whose === 'awaitsMe' ? null : (
          <FilterSelect
            label={t('field.status')}
            any={t('certificates.anyStatus')}
            widthPx={190}
            data={requestStatuses.map((value) => ({ value, label: t(`requests.statuses.${value}`) }))}
            value={search.status}
            onChange={(status) => narrow({ status })}
          />
        )}
        <FilterSelect
          label={t('requests.kind')}
          any={t('requests.anyKind')}
          widthPx={170}
          data={RequestKind.options.map((value) => ({ value, label: t(`requests.kinds.${value}`) }))}
          value={search.kind}
          onChange={(kind) => narrow({ kind })}
        />
      </Group>
      <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
      {isEmpty ? (
        <EmptyState
          icon={IconChecklist}
          title={isFiltered ? t('table.nothingFound') : t('requests.emptyTitle')}
        >
          {isFiltered
            ? t('table.nothingFoundText')
            : whose === 'awaitsMe'
              ? t('requests.emptyAwaitsMe')
              : t('requests.emptyText')}
        </EmptyState>
      ) : (
        <DataTable
          label={t('screen.requests')}
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          minWidthPx={500}
          onOpen={({ id }) => void navigate({ to: '/requests/$id', params: { id } })}
          {...list}
        />
      )}
      {isAsking ? <ExternalDialog onClose={asking.close} /> : null}
    </Page>
  );
}
