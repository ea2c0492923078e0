/** Operators and roles: who works here, and what the roles are made of. */
import { Button, Tabs } from '@mantine/core';
import { IconPlus, IconUserShield } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operator } from '../../../shared/operations/operators.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperationPages } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleName } from '../../components/role-name.ts';
import { column } from '../../components/table-columns.ts';
import { NewOperatorDialog } from './new-operator-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { RoleList } from './role-list.tsx';

const route = getRouteApi('/operators');

export function OperatorsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = route.useNavigate();
  const { tab: given } = route.useSearch();
  const tab = given ?? 'operators';
  const list = useOperationPages('operators.list', { limit: 100 });
  const [asked, setAsked] = useState<'operator' | 'role' | null>(null);
  const isBlank = !list.isLoading && list.error === null && list.total === 0;
  const columns = useMemo(
    () => [
      column<Operator>({
        id: 'name',
        header: t('field.name'),
        cell: ({ id, name }) => (
          <AnchorLink to="/operators/$id" params={{ id }} inherit fw={570}>
            {name}
          </AnchorLink>
        ),
      }),
      column<Operator>({
        id: 'roles',
        header: t('operators.roles'),
        sizePx: 420,
        cell: ({ roles }) =>
          roles.length === 0
            ? t('operators.noRole')
            : roles
                .map(
                  ({ role, realms }) =>
                    `${roleName(t, role)} (${realms?.join(', ') ?? t('access.allRealms')})`,
                )
                .join(' · '),
      }),
      column<Operator>({
        id: 'status',
        header: t('field.status'),
        sizePx: 120,
        cell: ({ disabled }) =>
          disabled ? (
            <Badge tone="quiet">{t('status.disabled')}</Badge>
          ) : (
            <Badge tone="good">{t('status.active')}</Badge>
          ),
      }),
      column<Operator>({
        id: 'createdAt',
        header: t('operators.created'),
        sizePx: 130,
        fromWidthPx: 860,
        cell: ({ createdAt }) => <Moment at={createdAt} show="distance" />,
      }),
    ],
    [t],
  );
  const isRoles = tab === 'roles';
  const action = may(isRoles ? 'roles.write' : 'operators.write') ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked(isRoles ? 'role' : 'operator')}>
      {isRoles ? t('roles.new') : t('operators.new')}
    </Button>
  ) : undefined;
  return (
    <Page
      fill
      title={t('screen.operators')}
      description={isRoles ? t('roles.text') : t('operators.text')}
      actions={isBlank && !isRoles ? undefined : action}
    >
      <Tabs
        value={tab}
        keepMounted={false}
        mb="sm"
        onChange={(next) =>
          void navigate({ search: next === 'roles' ? { tab: 'roles' } : {}, replace: true })
        }
      >
        <Tabs.List>
          <Tabs.Tab value="operators">{t('operators.tabs.operators')}</Tabs.Tab>
          <Tabs.Tab value="roles">{t('operators.tabs.roles')}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {isRoles ? (
        <RoleList />
      ) : isBlank ? (
        <EmptyState icon={IconUserShield} title={t('operators.empty')} actions={action}>
          {t('operators.emptyText')}
        </EmptyState>
      ) : (
        <>
          <ProblemNotice error={list.error} onRetry={() => void list.retry()} />
          <DataTable
            label={t('screen.operators')}
            columns={columns}
            rows={list.items}
            rowId={(row) => row.id}
            minWidthPx={720}
            onOpen={({ id }) => void navigate({ to: '/operators/$id', params: { id } })}
            {...list}
          />
        </>
      )}
      {asked === 'operator' ? <NewOperatorDialog isFirst={isBlank} onClose={() => setAsked(null)} /> : null}
      {asked === 'role' ? <RoleDialog onClose={() => setAsked(null)} /> : null}
    </Page>
  );
}
