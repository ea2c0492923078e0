/** Whom certificates are for: search as you type, the archived ones apart, a click opens one. */
import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useOperationPages } from '../../client/queries.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { endEntityColumns } from './end-entity-columns.tsx';
import { EndEntityDialog } from './end-entity-dialog.tsx';
import type { EndEntitySearch } from './end-entity-search.ts';

const route = getRouteApi('/end-entities');

export function EndEntitiesScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = route.useNavigate();
  const { search, archived = false } = route.useSearch();
  const list = useOperationPages('end-entities.list', {
    limit: 100,
    archived,
    ...(search === undefined ? {} : { search }),
  });
  const [isMaking, setIsMaking] = useState(false);
  const columns = useMemo(() => endEntityColumns(t), [t]);
  const narrow = (text: string, isArchived: boolean): void => {
    const next: EndEntitySearch = {
      ...(text === '' ? {} : { search: text }),
      ...(isArchived && { archived: true }),
    };
    void navigate({ search: next, replace: true });
  };
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  const create = may('end-entities.write') ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setIsMaking(true)}>
      {t('entities.new')}
    </Button>
  ) : undefined;
  return (
    <Page fill title={t('screen.end-entities')} description={t('entities.text')} actions={create}>
      <Group mb="sm" gap="xs">
        <div style={{ flex: '1 1 260px', maxWidth: 460 }}>
          <SearchField
            label={t('entities.search')}
            value={search ?? ''}
            onChange={(text) => narrow(text, archived)}
          />
        </div>
        <SegmentedControl
          aria-label={t('entities.show')}
          data={[
            { value: 'active', label: t('entities.active') },
            { value: 'archived', label: t('entities.archived') },
          ]}
          value={archived ? 'archived' : 'active'}
          onChange={(value) => narrow(search ?? '', value === 'archived')}
        />
      </Group>
      <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
      {isEmpty ? (
        <EmptyState
          icon={IconUsers}
          title={search === undefined && !archived ? t('entities.empty') : t('table.nothingFound')}
        >
          {search !== undefined
            ? t('entities.nothingFound')
            : archived
              ? t('entities.noneArchived')
              : t('entities.emptyText')}
        </EmptyState>
      ) : (
        <DataTable
          label={t('screen.end-entities')}
          columns={columns}
          rows={list.items}
          rowId={(row) => row.id}
          minWidthPx={560}
          onOpen={({ id }) => void navigate({ to: '/end-entities/$id', params: { id } })}
          {...list}
        />
      )}
      {isMaking ? (
        <EndEntityDialog
          entity={null}
          onClose={() => setIsMaking(false)}
          onDone={({ id }) => void navigate({ to: '/end-entities/$id', params: { id } })}
        />
      ) : null}
    </Page>
  );
}
