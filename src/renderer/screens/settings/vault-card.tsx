/** The vault's state and the button that locks it. */
import { Button, Card, Group, Text, Title } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

export function VaultCard() {
  const { t } = useTranslation();
  const may = useMay();
  const vault = useOperation('vault.show', {});
  const lock = useAction('vault.lock', ['vault.show']);
  const method = vault.data?.method ?? null;
  return (
    <Card>
      <Group justify="space-between">
        <Title order={2}>{t('settings.vault')}</Title>
        <Badge tone="good" icon={IconLockOpen}>
          {t('vault.open')}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed" mt={4} mb="sm">
        {method === null ? null : t('settings.vaultBy', { method: t(`vault.${method}`) })}{' '}
        {t('settings.lockText')}
      </Text>
      <ProblemNotice error={lock.error} />
      {may('vault.manage') ? (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconLock size={16} />}
          loading={lock.isPending}
          onClick={() => lock.mutate({})}
        >
          {t('settings.lock')}
        </Button>
      ) : null}
    </Card>
  );
}
