import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AlertDestination } from '../../../shared/operations/alert-destinations.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { changedByDestinations } from './changed-by-destinations.ts';

interface DeleteDestinationDialogProps {
  readonly destination: AlertDestination;
  readonly onClose: () => void;
}

/** Deletes a destination after asking. */
export function DeleteDestinationDialog({ destination, onClose }: DeleteDestinationDialogProps) {
  const { t } = useTranslation();
  const remove = useAction('alert-destinations.delete', changedByDestinations);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('destinations.deleteTitle')}
      action={t('destinations.delete')}
      onConfirm={() => remove.mutate({ id: destination.id }, { onSuccess: onClose })}
      running={remove.isPending}
      error={remove.error}
    >
      <Text size="sm">{t('destinations.deleteText', { name: destination.name })}</Text>
    </ConfirmDialog>
  );
}
