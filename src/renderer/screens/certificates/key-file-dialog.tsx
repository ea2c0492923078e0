/** Files that need a passphrase: PKCS#12 of the certificates, and PKCS#12 with the recovered private key. */
import { Button, PasswordInput, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileContent } from '../../../shared/model/basics.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { saveFile } from '../../components/save-file.ts';

interface KeyFileDialogProps {
  readonly id: string;
  readonly kind: 'pkcs12' | 'private-key';
  readonly onClose: () => void;
}

const fields = ['passphrase', 'reason'];

export function KeyFileDialog({ id, kind, onClose }: KeyFileDialogProps) {
  const { t } = useTranslation();
  const exporting = useAction('certificates.export');
  const recovering = useAction('certificates.private-key', ['audit.list']);
  const form = useForm({ initialValues: { passphrase: '', reason: '' } });
  const action = kind === 'pkcs12' ? exporting : recovering;
  const problem = action.error === null ? undefined : formProblem(action.error, fields);
  const done = {
    onSuccess: (file: FileContent) => {
      saveFile(file);
      onClose();
    },
  };
  return (
    <FormDialog
      onClose={onClose}
      title={t(`format.${kind}`)}
      onSubmit={form.onSubmit(({ passphrase, reason }) =>
        kind === 'pkcs12'
          ? exporting.mutate({ id, format: 'pkcs12', passphrase }, done)
          : recovering.mutate({ id, passphrase, reason }, done),
      )}
      action={
        <Button type="submit" loading={action.isPending} leftSection={<IconDownload size={16} />}>
          {t('action.download')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {t(`certificates.keyFile.${kind}`)}
      </Text>
      <ProblemNotice error={action.error} shownAtFields={problem?.shown ?? []} />
      <PasswordInput
        label={t('field.passphrase')}
        autoComplete="new-password"
        required
        minLength={kind === 'pkcs12' ? 1 : 8}
        data-autofocus
        visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
        {...form.getInputProps('passphrase')}
        error={problem?.errors.passphrase}
      />
      {kind === 'private-key' ? (
        <Textarea
          label={t('certificates.keyFile.reason')}
          description={t('certificates.keyFile.reasonText')}
          required
          minLength={3}
          autosize
          minRows={2}
          {...form.getInputProps('reason')}
          error={problem?.errors.reason}
        />
      ) : null}
    </FormDialog>
  );
}
