/** A client's credentials, shown once, with a line that tries them. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PemBlock } from '../../components/pem-block.tsx';
import { isDesktop } from '../entry/use-arrival.ts';
import { tokenCommand } from './token-command.ts';

interface ClientSecretProps {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A realm of the client; without one it cannot ask for a token. */
  readonly realm: string | undefined;
  readonly onClose: () => void;
}

export function ClientSecret({ clientId, clientSecret, realm, onClose }: ClientSecretProps) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert color="yellow" variant="light" icon={<IconKey />} title={t('clients.secretOnce')}>
        {t('clients.secretOnceText')}
      </Alert>
      <PemBlock wrap title={t('field.clientId')} text={clientId} />
      <PemBlock wrap title={t('field.clientSecret')} text={clientSecret} />
      {realm === undefined ? (
        <Text size="sm" c="dimmed">
          {t('clients.noRealmText')}
        </Text>
      ) : isDesktop ? (
        <Text size="sm" c="dimmed">
          {t('clients.noListenerText')}
        </Text>
      ) : (
        <div>
          <PemBlock
            wrap
            title={t('clients.curl')}
            text={tokenCommand({ origin: window.location.origin, realm, clientId, clientSecret })}
          />
          <Text size="xs" c="dimmed" mt={6}>
            {t('clients.curlText')}
          </Text>
        </div>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('action.done')}</Button>
      </Group>
    </Stack>
  );
}
