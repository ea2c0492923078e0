/** One API client: where it acts, what it authenticates with, and what it may do. */
import { Alert, Button, Card, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPencil, IconRefresh } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
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
import { changedByClients } from './changed-by-clients.ts';
import { ClientCertificates } from './client-certificates.tsx';
import { ClientSecrets } from './client-secrets.tsx';
import { DeleteClientDialog } from './delete-client-dialog.tsx';
import { EditClientDialog } from './edit-client-dialog.tsx';
import { ResetSecretDialog } from './reset-secret-dialog.tsx';

const route = getRouteApi('/clients/$id');

export function ClientScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = route.useNavigate();
  const { id } = route.useParams();
  const { data: client, error, refetch } = useOperation('clients.show', { id });
  const access = useOperation('clients.access', { id });
  const enable = useAction('clients.enable', changedByClients);
  const disable = useAction('clients.disable', changedByClients);
  const [asked, setAsked] = useState<'edit' | 'reset' | 'disable' | 'delete' | null>(null);
  const close = () => setAsked(null);
  const back = <BackLink to="/clients">{t('screen.clients')}</BackLink>;
  if (client === undefined) {
    return <PageOnItsWay title={t('client.one')} above={back} error={error} onRetry={refetch} />;
  }
  const actions = (
    <>
      {may('clients.update') ? (
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setAsked('edit')}>
          {t('client.edit')}
        </Button>
      ) : null}
      {may('clients.reset-secret') ? (
        <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => setAsked('reset')}>
          {t('clients.reset')}
        </Button>
      ) : null}
      {may('clients.update') ? (
        <Button
          variant="default"
          loading={enable.isPending}
          onClick={() => (client.enabled ? setAsked('disable') : enable.mutate({ id: client.id }))}
        >
          {client.enabled ? t('client.disable') : t('client.enable')}
        </Button>
      ) : null}
      {may('clients.delete') ? (
        <Button variant="default" color="red" onClick={() => setAsked('delete')}>
          {t('clients.delete')}
        </Button>
      ) : null}
    </>
  );
  return (
    <Page
      title={client.name}
      above={back}
      badge={client.enabled ? undefined : <Badge tone="quiet">{t('status.disabled')}</Badge>}
      actions={actions}
    >
      <Stack gap="md">
        <ProblemNotice error={enable.error} />
        {client.active || !client.enabled ? null : (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle />}>
            {t('client.inactive')}
          </Alert>
        )}
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="md">
          <Card>
            <FieldList
              fields={[
                { label: t('field.clientId'), value: client.clientId, copy: client.clientId, mono: true },
                { label: t('field.realms'), value: client.realms.join(', ') || '–' },
                { label: t('field.defaultPolicy'), value: client.defaultProfile ?? '–' },
                {
                  label: t('client.role'),
                  value: client.role === null ? t('client.defaultRole') : roleName(t, client.role),
                },
                client.passwordGrant ? { label: '', value: t('client.passwordGrant') } : undefined,
                {
                  label: t('field.lastUsed'),
                  value:
                    client.lastUsedAt === null ? (
                      t('clients.never')
                    ) : (
                      <Moment at={client.lastUsedAt} show="exact" />
                    ),
                },
              ]}
            />
          </Card>
          <ClientSecrets client={client} />
        </SimpleGrid>
        <ClientCertificates client={client} />
        <ProblemNotice error={access.error} />
        {access.data === undefined ? null : <AccessView access={access.data} />}
      </Stack>
      {asked === 'edit' ? <EditClientDialog client={client} onClose={close} /> : null}
      {asked === 'reset' ? <ResetSecretDialog client={client} onClose={close} /> : null}
      {asked === 'delete' ? (
        <DeleteClientDialog
          client={client}
          onClose={close}
          onDeleted={() => void navigate({ to: '/clients' })}
        />
      ) : null}
      <ConfirmDialog
        opened={asked === 'disable'}
        onClose={close}
        title={t('client.disableTitle')}
        action={t('client.disable')}
        onConfirm={() => disable.mutate({ id: client.id }, { onSuccess: close })}
        running={disable.isPending}
        error={disable.error}
      >
        <Text size="sm">{t('client.disableText', { name: client.name })}</Text>
      </ConfirmDialog>
    </Page>
  );
}
