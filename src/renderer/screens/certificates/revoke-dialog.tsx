/** Revokes a certificate, with the reasons of RFC 5280 told in plain words. */
import { Button, Select, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { type RevocationReason, revocationReasons } from '../../../shared/model/names.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';

interface RevokeDialogProps {
  readonly certificate: Pick<CertificateDetail, 'id' | 'commonName' | 'subject' | 'serialNumber' | 'status'>;
  readonly onClose: () => void;
}

export function RevokeDialog({ certificate, onClose }: RevokeDialogProps) {
  const { t } = useTranslation();
  const revoke = useAction('certificates.revoke', [
    'certificates.show',
    'certificates.renewal',
    'certificates.list',
    'system.overview',
    'authorities.list',
    'audit.list',
  ]);
  const form = useForm<{ reason: RevocationReason; comment: string }>({
    initialValues: { reason: 'unspecified', comment: '' },
  });
  const problem = revoke.error === null ? undefined : formProblem(revoke.error, ['reason', 'comment']);
  const name = certificate.commonName || certificate.subject;
  // A hold can be made final, but not be put on hold again.
  const reasons = revocationReasons.filter(
    (one) => certificate.status !== 'held' || one !== 'certificateHold',
  );
  return (
    <FormDialog
      onClose={onClose}
      title={t('certificates.revokeTitle')}
      onSubmit={form.onSubmit(({ reason, comment }) =>
        revoke.mutate(
          { id: certificate.id, reason, ...(comment === '' ? {} : { comment }) },
          {
            onSuccess: () => {
              notifications.show({ message: t('certificates.revokedNotice', { name }) });
              onClose();
            },
          },
        ),
      )}
      action={
        <Button type="submit" color="red" loading={revoke.isPending}>
          {t('certificates.revoke')}
        </Button>
      }
    >
      <div>
        <Text fw={570} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" className="mono" style={{ overflowWrap: 'anywhere' }}>
          {certificate.serialNumber}
        </Text>
      </div>
      <ProblemNotice error={revoke.error} shownAtFields={problem?.shown ?? []} />
      <Select
        label={t('field.reason')}
        data={reasons.map((value) => ({ value, label: t(`reason.${value}.name`) }))}
        description={t(`reason.${form.values.reason}.text`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxDropdownHeight={280}
        {...form.getInputProps('reason')}
        error={problem?.errors.reason}
      />
      <Textarea
        label={t('field.comment')}
        autosize
        minRows={2}
        maxLength={1000}
        {...form.getInputProps('comment')}
        error={problem?.errors.comment}
      />
      <Text size="sm" c="dimmed">
        {form.values.reason === 'certificateHold' ? t('certificates.holdText') : t('certificates.revokeText')}
      </Text>
    </FormDialog>
  );
}
