/** The connection to Keycloak: how it is, and what waits to be told. */
import { Button, Card, Group, List, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { KeycloakDialog } from './keycloak-dialog.tsx';

export function KeycloakCard() {
  const { t } = useTranslation();
  const mayWrite = useMay()('identity-providers.write');
  const { data, error } = useOperation('keycloak.show', {});
  const disconnect = useAction('keycloak.disconnect', ['keycloak.show', 'clients.list', 'audit.list']);
  const [asked, setAsked] = useState<'connect' | 'disconnect' | null>(null);
  const close = () => setAsked(null);
  return (
    <Card component="section" aria-labelledby="keycloak">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} id="keycloak">
            {t('keycloak.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('keycloak.text')}
          </Text>
        </div>
        {data?.connected ? (
          <Badge
            tone={data.error === null ? 'good' : 'warn'}
            icon={data.error === null ? IconCircleCheck : IconAlertTriangle}
          >
            {t(data.error === null ? 'keycloak.connected' : 'keycloak.failing')}
          </Badge>
        ) : null}
      </Group>
      <ProblemNotice error={error} />
      {data?.connected ? (
        <>
          <FieldList
            fields={[
              { label: t('outside.url'), value: data.url ?? '–', mono: true },
              { label: t('keycloak.realm'), value: data.realm ?? '–', mono: true },
              { label: t('screen.clients'), value: t('keycloak.clients', { count: data.clients }) },
              {
                label: t('keycloak.syncedAt'),
                value:
                  data.syncedAt === null ? (
                    t('keycloak.never')
                  ) : (
                    <Moment at={data.syncedAt} show="distance" />
                  ),
              },
            ]}
          />
          {data.error === null ? null : (
            <Text size="sm" mt="xs" c="var(--ch-warn)">
              {data.error}
            </Text>
          )}
          {data.waiting.length === 0 ? null : (
            <>
              <Text size="sm" mt="sm">
                {t('keycloak.waiting', { count: data.waiting.length })}
              </Text>
              <List size="sm">
                {data.waiting.slice(0, 20).map(({ clientId, kind, error: why }) => (
                  <List.Item key={`${clientId} ${kind}`}>
                    <span className="mono">{clientId}</span> {why}
                  </List.Item>
                ))}
              </List>
            </>
          )}
        </>
      ) : null}
      {mayWrite && data !== undefined ? (
        <Group gap="xs" mt="md">
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} />}
            onClick={() => setAsked('connect')}
          >
            {t(data.connected ? 'keycloak.change' : 'keycloak.connect')}
          </Button>
          {data.connected ? (
            <Button variant="subtle" color="red" onClick={() => setAsked('disconnect')}>
              {t('keycloak.disconnect')}
            </Button>
          ) : null}
        </Group>
      ) : null}
      {asked === 'connect' && data !== undefined ? (
        <KeycloakDialog connection={data} onClose={close} />
      ) : null}
      {asked === 'disconnect' ? (
        <ConfirmDialog
          opened
          onClose={close}
          title={t('keycloak.disconnectTitle')}
          action={t('keycloak.disconnect')}
          onConfirm={() => disconnect.mutate({}, { onSuccess: close })}
          running={disconnect.isPending}
          error={disconnect.error}
        >
          <Text size="sm">{t('keycloak.disconnectText')}</Text>
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}
