/** Renews many certificates with new keys: what it would come to first. */
import { Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import type { BulkDialogProps } from './bulk-revoke-dialog.tsx';
import { PreviewSummary } from './preview-summary.tsx';
import { RunningView } from './running-view.tsx';
import { usePreview } from './use-preview.ts';

export function BulkRenewDialog({ choice, count, onClose, onStarted }: BulkDialogProps) {
  const { t, i18n } = useTranslation();
  const [validity, setValidity] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const { looked, error } = usePreview('certificates.renew-bulk', choice);
  const renew = useAction('certificates.renew-bulk', ['jobs.list']);
  const format = new Intl.NumberFormat(i18n.language);
  const title = t('bulk.renewTitle', { count, formatted: format.format(count) });
  if (renew.data !== undefined) {
    return (
      <Dialog onClose={onClose} size={640} title={title}>
        <RunningView jobId={renew.data.id} label={title} onClose={onClose} />
      </Dialog>
    );
  }
  const possible = looked === undefined ? 0 : looked.done - looked.failed;
  const problem = formProblem(renew.error, ['validity', 'passphrase']);
  return (
    <FormDialog
      onClose={onClose}
      size={640}
      title={title}
      onSubmit={() => {
        if (looked === undefined) return;
        renew.mutate(
          {
            ...choice,
            expected: looked.total,
            ...(validity.trim() === '' ? {} : { validity: validity.trim() }),
            ...(passphrase === '' ? {} : { passphrase }),
          },
          { onSuccess: onStarted },
        );
      }}
      action={
        <Button type="submit" loading={renew.isPending} disabled={possible === 0}>
          {t('bulk.renewSubmit', { count: possible, formatted: format.format(possible) })}
        </Button>
      }
    >
      <ProblemNotice error={error} />
      {error === null ? <PreviewSummary looked={looked} words="bulk.willRenew" /> : null}
      <Text size="sm" c="dimmed">
        {t('bulk.renewText')}
      </Text>
      <TextInput
        label={t('issue.validity')}
        placeholder="P90D"
        description={t('issue.validityText')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={20}
        value={validity}
        onChange={(event) => setValidity(event.currentTarget.value)}
        error={problem.errors.validity}
      />
      <PasswordInput
        label={t('bulk.passphrase')}
        description={t('bulk.passphraseText')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="new-password"
        minLength={8}
        maxLength={1024}
        visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        error={problem.errors.passphrase}
      />
      <ProblemNotice error={renew.error} shownAtFields={problem.shown} />
    </FormDialog>
  );
}
