/** What came of issuing where somebody has to approve first. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RequestAccepted } from '../../../shared/operations/issued-certificate.ts';
import { ButtonLink } from '../../components/links.tsx';

interface WaitingViewProps {
  readonly accepted: RequestAccepted;
  readonly onClose: () => void;
}

export function WaitingView({ accepted, onClose }: WaitingViewProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert
        color="yellow"
        variant="light"
        icon={<IconClock />}
        title={t('requests.waitingIs')}
        role="status"
      >
        <Text size="sm">{t('requests.waitingText')}</Text>
      </Alert>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
        <ButtonLink to="/requests/$id" params={{ id: accepted.requestId }} onClick={onClose}>
          {t('requests.waitingOpen')}
        </ButtonLink>
      </Group>
    </Stack>
  );
}
