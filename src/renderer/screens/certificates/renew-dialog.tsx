/** Renews a certificate: with a new key, for the same one, or from a new request. */
import { Button, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import type { Answer } from '../../../shared/operations/index.ts';
import { useAction } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { IssuedView } from '../issue/issued-view.tsx';
import { WaitingView } from '../issue/waiting-view.tsx';

interface RenewDialogProps {
  readonly certificate: Pick<CertificateDetail, 'id' | 'commonName' | 'subject'>;
  readonly onClose: () => void;
}

const ways = ['newKey', 'sameKey', 'csr'] as const;
type Way = (typeof ways)[number];

export function RenewDialog({ certificate, onClose }: RenewDialogProps) {
  const { t } = useTranslation();
  const [renewed, setRenewed] = useState<Answer<'certificates.renew'> | null>(null);
  const renew = useAction('certificates.renew', [
    'certificates.list',
    'requests.list',
    'certificates.show',
    'certificates.renewal',
    'orders.show',
    'system.overview',
    'authorities.list',
    'audit.list',
  ]);
  const form = useForm<{ way: Way; csr: string; validity: string }>({
    initialValues: { way: 'newKey', csr: '', validity: '' },
  });
  const { way, csr } = form.values;
  const problem =
    renew.error === null
      ? undefined
      : formProblem(renew.error, ['csr', 'validity'], { notAfter: 'validity' });
  if (renewed !== null && 'requestId' in renewed) {
    return (
      <Dialog onClose={onClose} size={560} title={t('requests.waitingTitle')}>
        <WaitingView accepted={renewed} onClose={onClose} />
      </Dialog>
    );
  }
  if (renewed !== null) {
    return (
      <Dialog
        onClose={onClose}
        size={760}
        title={t('renewal.done')}
        closeOnClickOutside={false}
        closeOnEscape={renewed.privateKey === undefined}
      >
        <IssuedView issued={renewed} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <FormDialog
      onClose={onClose}
      size={560}
      title={t('renewal.title')}
      onSubmit={form.onSubmit(({ validity }) =>
        renew.mutate(
          {
            id: certificate.id,
            ...(way === 'sameKey' ? { reuseKey: true } : {}),
            ...(way === 'csr' ? { csr } : {}),
            ...(validity.trim() === '' ? {} : { validity: validity.trim() }),
          },
          { onSuccess: setRenewed },
        ),
      )}
      action={
        <Button type="submit" loading={renew.isPending} disabled={way === 'csr' && csr.trim() === ''}>
          {t('renewal.submit')}
        </Button>
      }
    >
      <div>
        <Text fw={570} style={{ overflowWrap: 'anywhere' }}>
          {certificate.commonName || certificate.subject}
        </Text>
        <Text size="sm" c="dimmed">
          {t('renewal.text')}
        </Text>
      </div>
      <ProblemNotice error={renew.error} shownAtFields={problem?.shown ?? []} />
      <div>
        <SegmentedControl
          fullWidth
          aria-label={t('renewal.how')}
          data={ways.map((value) => ({ value, label: t(`renewal.${value}`) }))}
          {...form.getInputProps('way')}
        />
        <Text size="xs" c="dimmed" mt={6}>
          {t(`renewal.${way}Text`)}
        </Text>
      </div>
      {way === 'csr' ? (
        <PemField
          label={t('issue.csr')}
          placeholder="-----BEGIN CERTIFICATE REQUEST-----"
          derLabel="CERTIFICATE REQUEST"
          accept=".csr,.pem,.req,.p10,.der"
          value={csr}
          onChange={(text) => form.setFieldValue('csr', text)}
          error={problem?.errors.csr}
          required
        />
      ) : null}
      <TextInput
        label={t('issue.validity')}
        placeholder="P90D"
        description={t('issue.validityText')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={20}
        {...form.getInputProps('validity')}
        error={problem?.errors.validity}
      />
    </FormDialog>
  );
}
