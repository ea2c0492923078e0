/** Authorities whose key is here and whose certificate another authority has yet to give. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthorityRequest } from '../../../shared/operations/authority-lifecycle.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { saveText } from '../../components/save-file.ts';
import { changedByAuthorities } from './changed-by-authorities.ts';
import { InstallDialog } from './install-dialog.tsx';

export function AwaitingAuthorities() {
  const { t } = useTranslation();
  const { data } = useOperation('authorities.requests', { limit: 500 });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Stack gap="sm" mt="xl">
      <Title order={2}>{t('lifecycle.awaiting')}</Title>
      {data.items.map((request) => (
        <Awaiting key={request.id} request={request} />
      ))}
    </Stack>
  );
}

function Awaiting({ request }: { readonly request: AuthorityRequest }) {
  const { t } = useTranslation();
  const may = useMay();
  const withdraw = useAction('authorities.withdraw', changedByAuthorities);
  const [dialog, setDialog] = useState<'install' | 'withdraw' | null>(null);
  const { name, slug } = request;
  const close = () => setDialog(null);
  return (
    <Card component="article" aria-label={name}>
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600}>{name}</Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t(`algorithm.${request.keyAlgorithm}`)} · {request.subject}
          </Text>
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            onClick={() => saveText(request.csr, `${slug}.csr.pem`)}
          >
            {t('lifecycle.request')}
          </Button>
          {may('authorities.create') ? (
            <Button variant="default" onClick={() => setDialog('withdraw')}>
              {t('lifecycle.withdraw')}
            </Button>
          ) : null}
          {may('authorities.renew') ? (
            <Button onClick={() => setDialog('install')}>{t('lifecycle.install')}</Button>
          ) : null}
        </Group>
      </Group>
      {dialog === 'install' ? <InstallDialog authority={request} onClose={close} /> : null}
      <ConfirmDialog
        opened={dialog === 'withdraw'}
        onClose={close}
        title={t('lifecycle.withdrawTitle', { name })}
        action={t('lifecycle.withdraw')}
        running={withdraw.isPending}
        error={withdraw.error}
        onConfirm={() => withdraw.mutate({ id: slug }, { onSuccess: close })}
      >
        {t('lifecycle.withdrawText')}
      </ConfirmDialog>
    </Card>
  );
}
