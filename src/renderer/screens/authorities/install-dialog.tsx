/** Takes in the certificate that another authority issued for a key of ours. */
import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { changedByAuthorities } from './changed-by-authorities.ts';

interface InstallDialogProps {
  readonly authority: { readonly slug: string; readonly name: string };
  readonly onClose: () => void;
}

export function InstallDialog({ authority, onClose }: InstallDialogProps) {
  const { t } = useTranslation();
  const { slug, name } = authority;
  const install = useAction('authorities.install', changedByAuthorities);
  const [certificate, setCertificate] = useState('');
  const problem = install.error === null ? undefined : formProblem(install.error, ['certificate']);
  const submit = (): void => {
    install.mutate(
      { id: slug, certificate },
      {
        onSuccess: () => {
          notifications.show({ message: t('lifecycle.installed', { name }) });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={t('lifecycle.installTitle', { name })}
      onSubmit={submit}
      action={
        <Button type="submit" loading={install.isPending} disabled={certificate.trim() === ''}>
          {t('lifecycle.install')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {t('lifecycle.installText')}
      </Text>
      <ProblemNotice error={install.error} shownAtFields={problem?.shown ?? []} />
      <PemField
        label={t('authorities.certificateAndChain')}
        placeholder="-----BEGIN CERTIFICATE-----"
        derLabel="CERTIFICATE"
        accept=".pem,.crt,.cer,.der"
        rows={6}
        value={certificate}
        onChange={setCertificate}
        error={problem?.errors.certificate}
        required
      />
    </FormDialog>
  );
}
