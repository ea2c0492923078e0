import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PemBlock } from '../../components/pem-block.tsx';

interface SigningSecretProps {
  readonly signingSecret: string;
  readonly onClose: () => void;
}

/** What the receiver of a webhook checks signatures with, shown once. */
export function SigningSecret({ signingSecret, onClose }: SigningSecretProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert color="yellow" variant="light" icon={<IconKey />} title={t('clients.secretOnce')}>
        {t('destinations.secretText')}
      </Alert>
      <PemBlock wrap title={t('destinations.secret')} text={signingSecret} />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('action.done')}</Button>
      </Group>
    </Stack>
  );
}
