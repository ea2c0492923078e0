/** Adds a certificate to the inbox by hand. */
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const add = useAction('pending.add', ['pending.list', 'system.overview', 'audit.list']);
  const [certificate, setCertificate] = useState('');
  const problem = add.error === null ? undefined : formProblem(add.error, ['certificate']);
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={t('pending.add')}
      onSubmit={() => {
        add.mutate({ certificate }, { onSuccess: onClose });
      }}
      action={
        <Button type="submit" disabled={certificate.trim() === ''} loading={add.isPending}>
          {t('pending.addAction')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {t('pending.addText')}
      </Text>
      <ProblemNotice error={add.error} shownAtFields={problem?.shown ?? []} />
      <PemField
        label={t('certificates.one')}
        placeholder="-----BEGIN CERTIFICATE-----"
        derLabel="CERTIFICATE"
        accept=".pem,.crt,.cer,.der"
        value={certificate}
        onChange={setCertificate}
        error={problem?.errors.certificate}
        required
        rows={7}
      />
    </FormDialog>
  );
}
