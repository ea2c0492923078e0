/** The roles, built in and own, each with its permissions. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoleSummary } from '../../../shared/operations/roles.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleName } from '../../components/role-name.ts';
import { RoleDialog } from './role-dialog.tsx';

export function RoleList() {
  const { t } = useTranslation();
  const may = useMay();
  const { data, error, refetch } = useOperation('roles.list', { limit: 500 });
  const remove = useAction('roles.delete', ['roles.list', 'audit.list']);
  const [asked, setAsked] = useState<{ readonly what: 'edit' | 'delete'; readonly role: RoleSummary } | null>(
    null,
  );
  const close = () => setAsked(null);
  return (
    <Stack gap="sm" style={{ overflow: 'auto' }} pb="sm">
      <ProblemNotice error={data === undefined ? error : null} onRetry={() => void refetch()} />
      {data?.items.map((role) => (
        <Card
          key={role.slug}
          component="section"
          aria-label={roleName(t, role.slug)}
          style={{ flexShrink: 0 }}
        >
          <Group justify="space-between" align="flex-start">
            <div>
              <Group gap="xs">
                <Title order={2}>{role.builtIn ? roleName(t, role.slug) : role.name}</Title>
                {role.builtIn ? <Badge tone="quiet">{t('roles.builtIn')}</Badge> : null}
              </Group>
              <Text size="xs" c="dimmed">
                <span className="mono">{role.slug}</span> ·{' '}
                {t('roles.permissions', { count: role.permissions.length })}
              </Text>
            </div>
            {role.builtIn || !may('roles.write') ? null : (
              <Group gap="xs">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t('roles.editWhat', { name: role.name })}
                  onClick={() => setAsked({ what: 'edit', role })}
                >
                  {t('roles.edit')}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t('roles.deleteWhat', { name: role.name })}
                  onClick={() => setAsked({ what: 'delete', role })}
                >
                  {t('roles.delete')}
                </Button>
              </Group>
            )}
          </Group>
          <Group gap={6} mt="xs">
            {role.permissions.map((permission) => (
              <Badge key={permission} tone={role.ownOnly.includes(permission) ? 'warn' : 'quiet'}>
                <span className="mono">{permission}</span>
                {role.ownOnly.includes(permission) ? ` (${t('access.ownOnly')})` : ''}
              </Badge>
            ))}
          </Group>
        </Card>
      ))}
      {asked?.what === 'edit' ? <RoleDialog role={asked.role} onClose={close} /> : null}
      <ConfirmDialog
        opened={asked?.what === 'delete'}
        onClose={close}
        title={t('roles.deleteTitle')}
        action={t('roles.delete')}
        onConfirm={() => remove.mutate({ slug: asked?.role.slug ?? '' }, { onSuccess: close })}
        running={remove.isPending}
        error={remove.error}
      >
        <Text size="sm">{t('roles.deleteText', { name: asked?.role.name ?? '' })}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
