/** Realms: the security domains, what they are called, and which are archived. */
import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDots, IconPencil, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Realm } from '../../../shared/operations/realms.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperationPages } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleName } from '../../components/role-name.ts';
import { column } from '../../components/table-columns.ts';
import { RealmDialog } from './realm-dialog.tsx';

const stale = ['realms.list', 'system.overview', 'audit.list'] as const;
type Asked = { readonly what: 'new' } | { readonly what: 'edit' | 'archive'; readonly realm: Realm };

export function RealmsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const list = useOperationPages('realms.list', { limit: 100 });
  const archive = useAction('realms.archive', stale);
  const restore = useAction('realms.restore', stale);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const mayUpdate = may('realms.update');
  const mayArchive = may('realms.archive');
  const { mutate: restoreRealm } = restore;
  const columns = useMemo(
    () => [
      column<Realm>({
        id: 'name',
        header: t('field.name'),
        cell: ({ name, slug }) => (
          <>
            <Text span inherit fw={570}>
              {name}
            </Text>{' '}
            <Text span size="xs" c="dimmed" className="mono">
              {slug}
            </Text>
          </>
        ),
      }),
      column<Realm>({
        id: 'status',
        header: t('field.status'),
        sizePx: 130,
        cell: ({ builtIn, archived }) => (
          <Badge tone={builtIn || archived ? 'quiet' : 'good'}>
            {builtIn ? t('realms.builtIn') : archived ? t('realms.archived') : t('status.active')}
          </Badge>
        ),
      }),
      column<Realm>({
        id: 'defaultRole',
        header: t('realms.defaultRole'),
        sizePx: 190,
        cell: ({ defaultRole, builtIn }) => (builtIn ? '–' : roleName(t, defaultRole)),
      }),
      column<Realm>({
        id: 'contacts',
        header: t('realms.contacts'),
        sizePx: 240,
        fromWidthPx: 860,
        cell: ({ contacts }) => (contacts.length === 0 ? '–' : contacts.join(', ')),
      }),
      column<Realm>({
        id: 'actions',
        header: t('clients.actions'),
        sizePx: 56,
        cell: (realm) =>
          realm.builtIn || !(mayUpdate || mayArchive) ? null : (
            <Menu width={220}>
              <Menu.Target>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('table.actionsOf', { name: realm.name })}
                >
                  <IconDots size={17} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {mayUpdate ? (
                  <Menu.Item
                    leftSection={<IconPencil size={16} />}
                    onClick={() => setAsked({ what: 'edit', realm })}
                  >
                    {t('realms.edit')}
                  </Menu.Item>
                ) : null}
                {mayArchive && !realm.archived ? (
                  <Menu.Item
                    leftSection={<IconArchive size={16} />}
                    onClick={() => setAsked({ what: 'archive', realm })}
                  >
                    {t('realms.archive')}
                  </Menu.Item>
                ) : null}
                {mayArchive && realm.archived ? (
                  <Menu.Item
                    leftSection={<IconArchiveOff size={16} />}
                    onClick={() => restoreRealm({ id: realm.slug })}
                  >
                    {t('realms.restore')}
                  </Menu.Item>
                ) : null}
              </Menu.Dropdown>
            </Menu>
          ),
      }),
    ],
    [t, mayUpdate, mayArchive, restoreRealm],
  );
  return (
    <Page
      fill
      title={t('screen.realms')}
      description={t('realms.text')}
      actions={
        may('realms.create') ? (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: 'new' })}>
            {t('realms.new')}
          </Button>
        ) : undefined
      }
    >
      <ProblemNotice error={list.error ?? restore.error} onRetry={() => void list.retry()} />
      <DataTable
        label={t('screen.realms')}
        columns={columns}
        rows={list.items}
        rowId={(row) => row.id}
        minWidthPx={600}
        {...list}
      />
      {asked?.what === 'new' ? <RealmDialog onClose={close} /> : null}
      {asked?.what === 'edit' ? <RealmDialog realm={asked.realm} onClose={close} /> : null}
      <ConfirmDialog
        opened={asked?.what === 'archive'}
        onClose={close}
        title={t('realms.archiveTitle')}
        action={t('realms.archive')}
        onConfirm={() =>
          asked?.what === 'archive' && archive.mutate({ id: asked.realm.slug }, { onSuccess: close })
        }
        running={archive.isPending}
        error={archive.error}
      >
        <Text size="sm">
          {t('realms.archiveText', { name: asked?.what === 'archive' ? asked.realm.name : '' })}
        </Text>
      </ConfirmDialog>
    </Page>
  );
}
