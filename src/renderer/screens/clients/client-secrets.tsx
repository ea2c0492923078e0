import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { Moment } from '../../components/moment.tsx';

/** The secrets that live: since when, until when, and when each was used last. */
export function ClientSecrets({ client }: { readonly client: ApiClient }) {
  const { t } = useTranslation();
  return (
    <Card component="section" aria-label={t('client.secrets')}>
      <Title order={2} mb="xs">
        {t('client.secrets')}
      </Title>
      {client.secrets.length === 0 ? <Text c="dimmed">{t('client.noSecret')}</Text> : null}
      <Stack gap="xs">
        {client.secrets.map(({ createdAt, expiresAt, lastUsedAt }) => (
          <Group key={createdAt} justify="space-between" gap="xs">
            <Text size="sm">
              <Moment at={createdAt} show="date" /> –{' '}
              {expiresAt === null ? (
                t('client.forEver')
              ) : (
                <>
                  {t('client.until')} <Moment at={expiresAt} show="date" />
                </>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {t('client.used')}:{' '}
              {lastUsedAt === null ? t('clients.never') : <Moment at={lastUsedAt} show="distance" />}
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
