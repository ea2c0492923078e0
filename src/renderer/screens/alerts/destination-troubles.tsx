import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlertDestination } from '../../../shared/operations/alert-destinations.ts';
import { Moment } from '../../components/moment.tsx';

/** What the last deliveries failed of, destination by destination, and what waits because of it. */
export function DestinationTroubles({ items }: { readonly items: readonly AlertDestination[] }) {
  const { t } = useTranslation();
  const troubled = items.filter(({ enabled, lastError }) => enabled && lastError !== null);
  if (troubled.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconAlertTriangle />}
      title={t('destinations.troubles')}
      mb="sm"
      style={{ flex: 'none' }}
    >
      <List size="sm" style={{ overflowWrap: 'anywhere' }}>
        {troubled.map(({ id, name, lastError, waiting, lost, nextAttemptAt }) => (
          <List.Item key={id}>
            <strong>{name}</strong>: {lastError}
            <Text size="xs">
              {t('destinations.waiting', { count: waiting })}
              {lost === 0 ? null : ` · ${t('destinations.lost', { count: lost })}`}
              {nextAttemptAt === null ? null : (
                <>
                  {` · ${t('destinations.nextAttempt')} `}
                  <Moment at={nextAttemptAt} show="distance" />
                </>
              )}
            </Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
