/** Deletes a client after asking. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

interface DeleteClientDialogProps {
  readonly client: ApiClient;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteClientDialog({ client, onClose, onDeleted = onClose }: DeleteClientDialogProps) {
  const { t } = useTranslation();
  const remove = useAction('clients.delete', ['clients.list', 'system.overview', 'audit.list']);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('clients.deleteTitle')}
      action={t('clients.delete')}
      onConfirm={() => remove.mutate({ id: client.id }, { onSuccess: onDeleted })}
      running={remove.isPending}
      error={remove.error}
    >
      <Text size="sm">{t('clients.deleteText', { name: client.name })}</Text>
    </ConfirmDialog>
  );
}
