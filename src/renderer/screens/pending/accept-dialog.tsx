/** Accepts a certificate under an alias; a device client is made from it. */
import { Button, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PendingCertificate } from '../../../shared/operations/pending.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';

interface AcceptDialogProps {
  readonly pending: PendingCertificate;
  readonly onClose: () => void;
}

export function AcceptDialog({ pending, onClose }: AcceptDialogProps) {
  const { t } = useTranslation();
  const accept = useAction('pending.accept', [
    'pending.list',
    'system.overview',
    'device-clients.list',
    'audit.list',
  ]);
  const form = useForm({ initialValues: { alias: pending.suggestedAlias } });
  const problem = accept.error === null ? undefined : formProblem(accept.error, ['alias']);
  return (
    <FormDialog
      onClose={onClose}
      title={t('pending.acceptTitle')}
      onSubmit={form.onSubmit(({ alias }) =>
        accept.mutate(
          { id: pending.id, alias: alias.trim() },
          {
            onSuccess: () => {
              notifications.show({ message: t('pending.accepted', { name: alias.trim() }) });
              onClose();
            },
          },
        ),
      )}
      action={
        <Button type="submit" leftSection={<IconCheck size={16} />} loading={accept.isPending}>
          {t('pending.accept')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {t('pending.acceptText')}
      </Text>
      <ProblemNotice error={accept.error} shownAtFields={problem?.shown ?? []} />
      <TextInput
        label={t('field.alias')}
        description={t('pending.aliasText')}
        required
        maxLength={120}
        data-autofocus
        {...form.getInputProps('alias')}
        error={problem?.errors.alias}
      />
    </FormDialog>
  );
}
