/** Where alerts go: each destination with how that goes, and what can be done with it. */
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconRefresh, IconSend, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertDestination } from '../../../shared/operations/alert-destinations.ts';
import { useOperationPages } from '../../client/queries.ts';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { column } from '../../components/table-columns.ts';
import { DeleteDestinationDialog } from './delete-destination-dialog.tsx';
import { destinationColumns } from './destination-columns.tsx';
import { DestinationDialog } from './destination-dialog.tsx';
import { DestinationTroubles } from './destination-troubles.tsx';
import { ResetSigningSecretDialog } from './reset-signing-secret-dialog.tsx';
import { TestDestinationDialog } from './test-destination-dialog.tsx';

type Asked =
  | { readonly what: 'new' }
  | { readonly what: 'edit' | 'test' | 'reset' | 'delete'; readonly destination: AlertDestination };

export function DestinationList() {
  const { t } = useTranslation();
  const list = useOperationPages('alert-destinations.list', { limit: 100 });
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const columns = useMemo(
    () => [
      ...destinationColumns(t),
      column<AlertDestination>({
        id: 'actions',
        header: t('clients.actions'),
        sizePx: 112,
        cell: (destination) => (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('destinations.testWhat', { name: destination.name })}
              onClick={() => setAsked({ what: 'test', destination })}
            >
              {t('destinations.test')}
            </Button>
            <Actions destination={destination} onChoose={(what) => setAsked({ what, destination })} />
          </Group>
        ),
      }),
    ],
    [t],
  );
  const isEmpty = !list.isLoading && list.error === null && list.total === 0;
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: 'new' })}>
      {t('destinations.new')}
    </Button>
  );
  return (
    <>
      <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
      {isEmpty ? (
        <EmptyState icon={IconSend} title={t('destinations.empty')} actions={create}>
          {t('destinations.emptyText')}
        </EmptyState>
      ) : (
        <>
          <Group justify="flex-end" mb="sm">
            {create}
          </Group>
          <DestinationTroubles items={list.items} />
          <DataTable
            label={t('destinations.tabs.destinations')}
            columns={columns}
            rows={list.items}
            rowId={({ id }) => id}
            minWidthPx={560}
            {...list}
          />
        </>
      )}
      {asked?.what === 'new' ? <DestinationDialog destination={null} onClose={close} /> : null}
      {asked?.what === 'edit' ? <DestinationDialog destination={asked.destination} onClose={close} /> : null}
      {asked?.what === 'test' ? (
        <TestDestinationDialog destination={asked.destination} onClose={close} />
      ) : null}
      {asked?.what === 'reset' ? (
        <ResetSigningSecretDialog destination={asked.destination} onClose={close} />
      ) : null}
      {asked?.what === 'delete' ? (
        <DeleteDestinationDialog destination={asked.destination} onClose={close} />
      ) : null}
    </>
  );
}

interface ActionsProps {
  readonly destination: AlertDestination;
  readonly onChoose: (what: 'edit' | 'reset' | 'delete') => void;
}

function Actions({ destination: { name, kind }, onChoose }: ActionsProps) {
  const { t } = useTranslation();
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('table.actionsOf', { name })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onChoose('edit')}>
          {t('destinations.edit')}
        </Menu.Item>
        {kind === 'webhook' ? (
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => onChoose('reset')}>
            {t('destinations.reset')}
          </Menu.Item>
        ) : null}
        <Menu.Item
          color="var(--ch-bad)"
          leftSection={<IconTrash size={16} />}
          onClick={() => onChoose('delete')}
        >
          {t('destinations.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
