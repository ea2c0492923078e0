/** Rejects a certificate after asking, with a reason for the record. */
import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PendingCertificate } from '../../../shared/operations/pending.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

interface RejectDialogProps {
  readonly pending: PendingCertificate;
  readonly onClose: () => void;
}

export function RejectDialog({ pending, onClose }: RejectDialogProps) {
  const { t } = useTranslation();
  const reject = useAction('pending.reject', ['pending.list', 'system.overview', 'audit.list']);
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('pending.rejectTitle')}
      action={t('pending.reject')}
      onConfirm={() =>
        reject.mutate({ id: pending.id, ...(reason === '' ? {} : { reason }) }, { onSuccess: onClose })
      }
      running={reject.isPending}
      error={reject.error}
    >
      <Stack>
        <Text size="sm">{t('pending.rejectText', { name: pending.commonName || pending.subject })}</Text>
        <TextInput
          label={t('field.reasonFree')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Stack>
    </ConfirmDialog>
  );
}
