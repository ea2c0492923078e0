/** Takes a request back after asking. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

interface CancelDialogProps {
  readonly request: RequestDetail;
  readonly onClose: () => void;
}

export function CancelDialog({ request, onClose }: CancelDialogProps) {
  const { t } = useTranslation();
  const cancel = useAction('requests.cancel', ['requests.show', 'requests.list', 'audit.list']);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('requests.cancelTitle')}
      action={t('requests.cancel')}
      onConfirm={() => cancel.mutate({ id: request.id }, { onSuccess: onClose })}
      running={cancel.isPending}
      error={cancel.error}
    >
      <Text size="sm">{t('requests.cancelText')}</Text>
    </ConfirmDialog>
  );
}
