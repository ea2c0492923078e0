/** One operator: the roles with their realms, and what they may do by them. */
import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconKey, IconPencil, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldRole } from '../../../shared/model/access.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { AccessView } from '../../components/access-view.tsx';
import { Badge } from '../../components/badge.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { BackLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { PageOnItsWay } from '../../components/page-on-its-way.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleName } from '../../components/role-name.ts';
import { GiveRoleDialog, RenameDialog, SetPasswordDialog } from './operator-dialogs.tsx';

const route = getRouteApi('/operators/$id');
const staleOperators = [
  'operators.list',
  'operators.show',
  'operators.access',
  'sessions.list',
  'audit.list',
] as const;

type Asked = 'give' | 'rename' | 'password' | 'disable' | HeldRole | null;

export function OperatorScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { id } = route.useParams();
  const { data: operator, error, refetch } = useOperation('operators.show', { id });
  const access = useOperation('operators.access', { id });
  const disable = useAction('operators.disable', staleOperators);
  const enable = useAction('operators.enable', staleOperators);
  const withdraw = useAction('operators.withdraw', staleOperators);
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const back = <BackLink to="/operators">{t('screen.operators')}</BackLink>;
  if (operator === undefined) {
    return <PageOnItsWay title={t('operators.one')} above={back} error={error} onRetry={refetch} />;
  }
  const { name, roles, disabled, createdAt } = operator;
  const isMine = may('operators.write');
  const taken = typeof asked === 'object' ? asked : null;
  const actions = isMine ? (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setAsked('rename')}>
        {t('operators.rename')}
      </Button>
      <Button variant="default" leftSection={<IconKey size={16} />} onClick={() => setAsked('password')}>
        {t('operators.setPassword')}
      </Button>
      {disabled ? (
        <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate({ id })}>
          {t('operators.enable')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setAsked('disable')}>
          {t('operators.disable')}
        </Button>
      )}
    </>
  ) : undefined;
  return (
    <Page
      title={name}
      above={back}
      badge={disabled ? <Badge tone="quiet">{t('status.disabled')}</Badge> : undefined}
      actions={actions}
    >
      <Stack gap="md">
        <ProblemNotice error={enable.error} />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="md">
          <Card component="section" aria-label={t('operators.roles')}>
            <Group justify="space-between" mb="xs">
              <Title order={2}>{t('operators.roles')}</Title>
              {isMine ? (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconPlus size={14} />}
                  onClick={() => setAsked('give')}
                >
                  {t('operators.give')}
                </Button>
              ) : null}
            </Group>
            {roles.length === 0 ? <Text c="dimmed">{t('operators.noRole')}</Text> : null}
            <Stack gap="xs">
              {roles.map((held) => (
                <Group key={held.role} justify="space-between">
                  <Text size="sm">
                    <strong>{roleName(t, held.role)}</strong>
                    {` · ${held.realms?.join(', ') ?? t('access.allRealms')}`}
                  </Text>
                  {isMine ? (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="red"
                      aria-label={t('operators.takeWhat', { role: roleName(t, held.role) })}
                      onClick={() => setAsked(held)}
                    >
                      {t('operators.take')}
                    </Button>
                  ) : null}
                </Group>
              ))}
            </Stack>
          </Card>
          <Card>
            <FieldList
              fields={[
                { label: 'ID', value: id, copy: id, mono: true },
                { label: t('operators.created'), value: <Moment at={createdAt} show="exact" /> },
              ]}
            />
          </Card>
        </SimpleGrid>
        <ProblemNotice error={access.error} />
        {access.data === undefined ? null : <AccessView access={access.data} />}
      </Stack>
      {asked === 'give' ? <GiveRoleDialog id={id} onClose={close} /> : null}
      {asked === 'rename' ? <RenameDialog id={id} name={name} onClose={close} /> : null}
      {asked === 'password' ? <SetPasswordDialog id={id} name={name} onClose={close} /> : null}
      <ConfirmDialog
        opened={asked === 'disable'}
        onClose={close}
        title={t('operators.disableTitle')}
        action={t('operators.disable')}
        onConfirm={() => disable.mutate({ id }, { onSuccess: close })}
        running={disable.isPending}
        error={disable.error}
      >
        <Text size="sm">{t('operators.disableText', { name })}</Text>
      </ConfirmDialog>
      <ConfirmDialog
        opened={taken !== null}
        onClose={close}
        title={t('operators.takeTitle')}
        action={t('operators.take')}
        onConfirm={() =>
          taken &&
          withdraw.mutate(
            { id, role: taken.role, ...(taken.realms === null ? {} : { realms: taken.realms }) },
            { onSuccess: close },
          )
        }
        running={withdraw.isPending}
        error={withdraw.error}
      >
        <Text size="sm">
          {t('operators.takeText', { name, role: taken === null ? '' : roleName(t, taken.role) })}
        </Text>
      </ConfirmDialog>
    </Page>
  );
}
