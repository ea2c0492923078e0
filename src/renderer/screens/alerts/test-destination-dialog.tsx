import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlertDestination } from '../../../shared/operations/alert-destinations.ts';
import { useAction } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { addressOf } from './destination-columns.tsx';

interface TestDestinationDialogProps {
  readonly destination: AlertDestination;
  readonly onClose: () => void;
}

/** Sends a test, and shows what the other side said to it. */
export function TestDestinationDialog({ destination, onClose }: TestDestinationDialogProps) {
  const { t } = useTranslation();
  const test = useAction('alert-destinations.test', ['audit.list']);
  const { id, name } = destination;
  return (
    <Dialog onClose={onClose} title={t('destinations.testTitle', { name })}>
      <Stack>
        <Text size="sm">
          {t('destinations.testText')}{' '}
          <span className="mono" style={{ overflowWrap: 'anywhere' }}>
            {addressOf(destination)}
          </span>
        </Text>
        <ProblemNotice error={test.error} />
        <div role="status">
          {test.data === undefined ? null : (
            <Alert
              color={test.data.ok ? 'verdigris' : 'red'}
              variant="light"
              icon={test.data.ok ? <IconCircleCheck /> : <IconCircleX />}
              title={t(test.data.ok ? 'destinations.arrived' : 'destinations.notArrived')}
              style={{ overflowWrap: 'anywhere' }}
            >
              {test.data.detail} · {t('destinations.took', { ms: test.data.tookMs })}
            </Alert>
          )}
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.close')}
          </Button>
          <Button data-autofocus loading={test.isPending} onClick={() => test.mutate({ id })}>
            {t(test.data === undefined ? 'destinations.send' : 'destinations.sendAgain')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
