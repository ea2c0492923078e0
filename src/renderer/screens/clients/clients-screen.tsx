/** API clients: who they are, where they act, and when they last did. */
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconArrowsExchange, IconDots, IconKey, IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { openDialog } from '../../app/global-dialog.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperation, useOperationPages } from '../../client/queries.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { column } from '../../components/table-columns.ts';
import { clientColumns } from './client-columns.tsx';
import { DeleteClientDialog } from './delete-client-dialog.tsx';
import { ResetSecretDialog } from './reset-secret-dialog.tsx';
import { SyncDialog } from './sync-dialog.tsx';

const route = getRouteApi('/clients');
type Asked = { readonly what: 'reset' | 'delete'; readonly client: ApiClient };

export function ClientsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = route.useNavigate();
  const { search } = route.useSearch();
  const list = useOperationPages('clients.list', { limit: 100, ...(search === undefined ? {} : { search }) });
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isSyncing, setSyncing] = useState(false);
  const mayReset = may('clients.reset-secret');
  const mayDelete = may('clients.delete');
  const columns = useMemo(
    () => [
      ...clientColumns(t),
      column<ApiClient>({
        id: 'actions',
        header: t('clients.actions'),
        sizePx: 56,
        cell: (client) => (
          <Menu width={220}>
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('table.actionsOf', { name: client.name })}
              >
                <IconDots size={17} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {mayReset ? (
                <Menu.Item
                  leftSection={<IconRefresh size={16} />}
                  onClick={() => setAsked({ what: 'reset', client })}
                >
                  {t('clients.reset')}
                </Menu.Item>
              ) : null}
              {mayDelete ? (
                <Menu.Item
                  color="var(--ch-bad)"
                  leftSection={<IconTrash size={16} />}
                  onClick={() => setAsked({ what: 'delete', client })}
                >
                  {t('clients.delete')}
                </Menu.Item>
              ) : null}
            </Menu.Dropdown>
          </Menu>
        ),
      }),
    ],
    [t, mayReset, mayDelete],
  );
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  const isBlank = isEmpty && search === undefined;
  const keycloak = useOperation('keycloak.show', {}, { enabled: may('clients.sync') });
  const sync =
    may('clients.sync') && keycloak.data?.connected === true ? (
      <Button
        variant="default"
        leftSection={<IconArrowsExchange size={16} />}
        onClick={() => setSyncing(true)}
      >
        {t('keycloak.sync')}
      </Button>
    ) : undefined;
  const create = may('clients.create') ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => openDialog('new-client')}>
      {t('clients.new')}
    </Button>
  ) : undefined;
  return (
    <Page
      fill
      title={t('screen.clients')}
      description={t('clients.text')}
      actions={
        <>
          {sync}
          {isBlank ? null : create}
        </>
      }
    >
      {isBlank ? (
        <EmptyState icon={IconKey} title={t('clients.empty')} actions={create}>
          {t('clients.emptyText')}
        </EmptyState>
      ) : (
        <>
          <Group mb="sm">
            <div style={{ flex: '1 1 260px', maxWidth: 460 }}>
              <SearchField
                label={t('clients.search')}
                value={search ?? ''}
                onChange={(text) =>
                  void navigate({ search: text === '' ? {} : { search: text }, replace: true })
                }
              />
            </div>
          </Group>
          <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
          {isEmpty ? (
            <EmptyState icon={IconKey} title={t('table.nothingFound')}>
              {t('clients.nothingFound')}
            </EmptyState>
          ) : (
            <DataTable
              label={t('screen.clients')}
              columns={columns}
              rows={list.items}
              rowId={(row) => row.id}
              minWidthPx={660}
              onOpen={({ id }) => void navigate({ to: '/clients/$id', params: { id } })}
              {...list}
            />
          )}
        </>
      )}
      {isSyncing ? <SyncDialog onClose={() => setSyncing(false)} /> : null}
      {asked?.what === 'reset' ? (
        <ResetSecretDialog client={asked.client} onClose={() => setAsked(null)} />
      ) : null}
      {asked?.what === 'delete' ? (
        <DeleteClientDialog client={asked.client} onClose={() => setAsked(null)} />
      ) : null}
    </Page>
  );
}
