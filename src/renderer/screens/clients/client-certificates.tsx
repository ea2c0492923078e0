/** Certificates that an API client authenticates with, instead of a secret or beside it. */
import { Button, Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { changedByClients } from './changed-by-clients.ts';

const methods = ['tls_client_auth', 'private_key_jwt'] as const;

export function ClientCertificates({ client }: { readonly client: ApiClient }) {
  const { t } = useTranslation();
  const mayUpdate = useMay()('clients.update');
  const remove = useAction('clients.remove-certificate', changedByClients);
  const [isAdding, setAdding] = useState(false);
  return (
    <Card component="section" aria-label={t('client.certificates')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('client.certificates')}</Title>
        {mayUpdate ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => setAdding(true)}
          >
            {t('client.addCertificate')}
          </Button>
        ) : null}
      </Group>
      <ProblemNotice error={remove.error} />
      {client.certificates.length === 0 ? <Text c="dimmed">{t('client.noCertificates')}</Text> : null}
      <Stack gap="xs">
        {client.certificates.map(({ certificateId, method, commonName, notAfter, usable }) => (
          <Group key={`${certificateId} ${method}`} justify="space-between">
            <Group gap="xs">
              <AnchorLink to="/certificates/$id" params={{ id: certificateId }} size="sm">
                {commonName}
              </AnchorLink>
              <Text size="sm" c="dimmed">
                {t(`client.methods.${method}`)} · {t('client.until')} <Moment at={notAfter} show="date" />
              </Text>
              {usable ? null : <Badge tone="bad">{t('client.notUsable')}</Badge>}
            </Group>
            {mayUpdate ? (
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t('client.removeWhat', { name: commonName })}
                onClick={() => remove.mutate({ id: client.id, certificateId, method })}
              >
                {t('client.remove')}
              </Button>
            ) : null}
          </Group>
        ))}
      </Stack>
      {isAdding ? <AddDialog client={client} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function AddDialog({ client, onClose }: { readonly client: ApiClient; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const add = useAction('clients.add-certificate', changedByClients);
  const [search, setSearch] = useState('');
  const [certificateId, setCertificateId] = useState<string | null>(null);
  const [method, setMethod] = useState<(typeof methods)[number]>('tls_client_auth');
  const found = useOperation('certificates.list', {
    limit: 20,
    status: 'valid',
    ...(search === '' || certificateId !== null ? {} : { search }),
  });
  return (
    <Dialog onClose={onClose} title={t('client.addCertificate')}>
      <Stack>
        <Text size="sm">{t('client.addCertificateText')}</Text>
        <ProblemNotice error={add.error} />
        <Select
          label={t('client.certificateId')}
          searchable
          data-autofocus
          data={(found.data?.items ?? []).map(({ id, commonName, serialNumber }) => ({
            value: id,
            label: `${commonName} (${serialNumber.slice(-8)})`,
          }))}
          filter={({ options }) => options}
          value={certificateId}
          onChange={setCertificateId}
          onSearchChange={setSearch}
        />
        <Select
          label={t('client.method')}
          allowDeselect={false}
          data={methods.map((value) => ({ value, label: t(`client.methods.${value}`) }))}
          value={method}
          onChange={(next) => next !== null && setMethod(next)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            disabled={certificateId === null}
            loading={add.isPending}
            onClick={() =>
              certificateId !== null &&
              add.mutate({ id: client.id, certificateId, method }, { onSuccess: onClose })
            }
          >
            {t('client.addCertificate')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
