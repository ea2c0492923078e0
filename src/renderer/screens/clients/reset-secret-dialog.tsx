/** A new secret for a client; the old one dies at once, so it is asked first. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ClientSecret } from './client-secret.tsx';

interface ResetSecretDialogProps {
  readonly client: ApiClient;
  readonly onClose: () => void;
}

export function ResetSecretDialog({ client, onClose }: ResetSecretDialogProps) {
  const { t } = useTranslation();
  const reset = useAction('clients.reset-secret', ['clients.list', 'audit.list']);
  if (reset.data !== undefined) {
    return (
      <Dialog
        onClose={onClose}
        size="lg"
        title={t('clients.resetDone')}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <ClientSecret {...reset.data} realm={client.realms[0]} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('clients.resetTitle')}
      action={t('clients.reset')}
      onConfirm={() => reset.mutate({ id: client.id })}
      running={reset.isPending}
      error={reset.error}
    >
      <Text size="sm">{t('clients.resetText', { name: client.name })}</Text>
    </ConfirmDialog>
  );
}
