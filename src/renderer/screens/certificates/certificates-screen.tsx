/** All certificates: search as you type, filters and sorting in the address, a click opens one. */
import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { IconCertificate, IconDownload, IconFileImport, IconPlus, IconTable } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { SortingState } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { certificateOrigins, certificateStatuses } from '../../../shared/model/certificate.ts';
import { openDialog } from '../../app/global-dialog.ts';
import { useMay } from '../../app/permissions.ts';
import { narrowed } from '../../app/text-search.ts';
import { useOperation, useOperationPages } from '../../client/queries.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FilterSelect } from '../../components/filter-select.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { useRowSelection } from '../../components/row-selection.ts';
import { SelectionBar } from '../bulk-change/selection-bar.tsx';
import { certificateColumns, nameOfCertificate } from './certificate-columns.tsx';
import { type CertificateSearch, type CertificateSort, isFiltered } from './certificate-search.ts';
import { queryProblem } from './query-text.ts';
import { SearchOrQuery } from './search-or-query.tsx';
import { useExport } from './use-export.ts';

const route = getRouteApi('/certificates');
const defaultSort = '-createdAt';

function sortingOf(sort: CertificateSort): SortingState {
  return [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }];
}

export function CertificatesScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  // What the address brings may not be a query; the field says why, and the service need not.
  const isReadable = queryProblem(search.query ?? '', undefined) === undefined;
  const list = useOperationPages('certificates.list', { ...search, limit: 100 }, { enabled: isReadable });
  const authorities = useOperation('authorities.list', { limit: 200 }, { enabled: may('authorities.read') });
  const profiles = useOperation('profiles.list', { limit: 200 }, { enabled: may('profiles.read') });
  const columns = useMemo(() => certificateColumns(t), [t]);
  const narrow = (change: Parameters<typeof narrowed<CertificateSearch>>[1]): void => {
    void navigate({ search: (before) => narrowed(before, change), replace: true });
  };
  const { sort: _sort, ...filters } = search;
  const loaded = useMemo(() => list.items.map(({ id }) => id), [list.items]);
  const selection = useRowSelection(loaded, JSON.stringify(filters));
  const exporting = useExport(search);
  const canChange = may('certificates.revoke') || may('certificates.renew');
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  const isBlank = isEmpty && !isFiltered(search);
  const issue = may('certificates.issue') ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => openDialog('issue-certificate')}>
      {t('certificates.issue')}
    </Button>
  ) : undefined;
  const actions = (
    <>
      {may('certificates.issue') ? (
        <ButtonLink to="/certificates/bulk" variant="default" leftSection={<IconTable size={16} />}>
          {t('bulk.action')}
        </ButtonLink>
      ) : null}
      {may('certificates.import') ? (
        <ButtonLink to="/certificates/import" variant="default" leftSection={<IconFileImport size={16} />}>
          {t('importing.action')}
        </ButtonLink>
      ) : null}
      {issue}
    </>
  );
  return (
    <Page fill title={t('screen.certificates')} actions={isBlank ? undefined : actions}>
      {isBlank ? (
        <EmptyState icon={IconCertificate} title={t('certificates.empty')} actions={actions}>
          {t('certificates.emptyText')}
        </EmptyState>
      ) : (
        <>
          <Group gap="xs" mb="sm" align="center">
            <SearchOrQuery search={search} narrow={narrow} />
            <FilterSelect
              label={t('field.status')}
              any={t('certificates.anyStatus')}
              data={certificateStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
              value={search.status}
              onChange={(status) => narrow({ status })}
            />
            <FilterSelect
              searchable
              label={t('field.authority')}
              any={t('certificates.anyAuthority')}
              data={authorities.data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
              value={search.authority}
              onChange={(authority) => narrow({ authority })}
            />
            <FilterSelect
              searchable
              label={t('field.profile')}
              any={t('certificates.anyProfile')}
              data={profiles.data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
              value={search.profile}
              onChange={(profile) => narrow({ profile })}
            />
            <FilterSelect
              label={t('importing.originLabel')}
              any={t('importing.anyOrigin')}
              data={certificateOrigins.map((value) => ({ value, label: t(`importing.origin.${value}`) }))}
              value={search.origin}
              onChange={(origin) => narrow({ origin })}
            />
            <Tooltip label={t('selection.exportListText')}>
              <ActionIcon
                size={36}
                variant="default"
                aria-label={t('selection.exportList')}
                loading={exporting.isRunning}
                onClick={exporting.list}
              >
                <IconDownload size={16} />
              </ActionIcon>
            </Tooltip>
          </Group>
          <ProblemNotice error={exporting.error} />
          <SelectionBar
            selection={selection}
            loaded={list.items.length}
            total={list.total}
            totalIsCapped={list.totalIsCapped}
            filters={isFiltered(search) ? filters : undefined}
            onExport={() =>
              selection.isAllMatching
                ? exporting.list()
                : exporting.rows(list.items.filter(({ id }) => selection.has(id)))
            }
          />
          <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
          {!isReadable ? null : isEmpty ? (
            <EmptyState
              icon={IconCertificate}
              title={t('table.nothingFound')}
              actions={
                <Button
                  variant="default"
                  onClick={() =>
                    narrow({
                      search: undefined,
                      query: undefined,
                      status: undefined,
                      authority: undefined,
                      profile: undefined,
                      origin: undefined,
                    })
                  }
                >
                  {t('table.clearFilters')}
                </Button>
              }
            >
              {t('table.nothingFoundText')}
            </EmptyState>
          ) : (
            <DataTable
              label={t('screen.certificates')}
              columns={columns}
              rows={list.items}
              rowId={(row) => row.id}
              nameOf={nameOfCertificate}
              selection={canChange ? selection : undefined}
              minWidthPx={660}
              sorting={sortingOf(search.sort ?? defaultSort)}
              onSort={([first]) =>
                first === undefined
                  ? undefined
                  : narrow({ sort: `${first.desc ? '-' : ''}${first.id}` as CertificateSort })
              }
              onOpen={({ id }) => void navigate({ to: '/certificates/$id', params: { id } })}
              {...list}
            />
          )}
        </>
      )}
    </Page>
  );
}
