import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AlertDestination } from '../../../shared/operations/alert-destinations.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { changedByDestinations } from './changed-by-destinations.ts';
import { SigningSecret } from './signing-secret.tsx';

interface ResetSigningSecretDialogProps {
  readonly destination: AlertDestination;
  readonly onClose: () => void;
}

/** Gives a webhook another signing secret after asking, and shows it once. */
export function ResetSigningSecretDialog({ destination, onClose }: ResetSigningSecretDialogProps) {
  const { t } = useTranslation();
  const reset = useAction('alert-destinations.reset-secret', changedByDestinations);
  if (reset.data !== undefined) {
    return (
      <Dialog
        onClose={onClose}
        size="lg"
        title={t('destinations.resetDone')}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <SigningSecret signingSecret={reset.data.signingSecret} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('destinations.resetTitle')}
      action={t('destinations.reset')}
      onConfirm={() => reset.mutate({ id: destination.id })}
      running={reset.isPending}
      error={reset.error}
    >
      <Text size="sm">{t('destinations.resetText', { name: destination.name })}</Text>
    </ConfirmDialog>
  );
}
