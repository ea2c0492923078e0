/** Changes how an authority issues its CRLs. */
import { Button, NumberInput, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Authority } from '../../../shared/operations/authorities.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';

interface CrlSettingsDialogProps {
  readonly authority: Authority;
  readonly onClose: () => void;
}

const fields = ['validityHours', 'overlapHours', 'deltas', 'shards', 'folder'];
const mostHours = 366 * 24;

export function CrlSettingsDialog({ authority, onClose }: CrlSettingsDialogProps) {
  const { t } = useTranslation();
  const configure = useAction('authorities.configure-crl', [
    'authorities.list',
    'authorities.show',
    'system.overview',
    'audit.list',
  ]);
  const form = useForm({ initialValues: authority.crlSettings });
  const problem = configure.error === null ? undefined : formProblem(configure.error, fields);
  const errors = problem?.errors ?? {};
  const submit = (): void => {
    const { values } = form;
    configure.mutate(
      { id: authority.slug, ...values, folder: values.folder.trim() },
      {
        onSuccess: ({ crl }) => {
          notifications.show({
            message: t('authorities.published', { number: crl?.number ?? 0, name: authority.name }),
          });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={t('authorities.crl.title', { name: authority.name })}
      onSubmit={form.onSubmit(submit)}
      action={
        <Button type="submit" loading={configure.isPending}>
          {t('authorities.crl.submit')}
        </Button>
      }
    >
      <ProblemNotice error={configure.error} shownAtFields={problem?.shown ?? []} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
        <NumberInput
          label={t('authorities.crl.validityHours')}
          description={t('authorities.crl.validityText')}
          min={1}
          max={mostHours}
          allowDecimal={false}
          required
          data-autofocus
          {...form.getInputProps('validityHours')}
          error={errors.validityHours}
        />
        <NumberInput
          label={t('authorities.crl.overlapHours')}
          description={t('authorities.crl.overlapText')}
          min={0}
          max={mostHours}
          allowDecimal={false}
          required
          {...form.getInputProps('overlapHours')}
          error={errors.overlapHours}
        />
      </SimpleGrid>
      <Switch
        label={t('authorities.crl.deltas')}
        description={t('authorities.crl.deltasText')}
        {...form.getInputProps('deltas', { type: 'checkbox' })}
      />
      <NumberInput
        label={t('authorities.crl.shards')}
        description={t('authorities.crl.shardsText')}
        min={1}
        max={64}
        allowDecimal={false}
        required
        disabled={authority.publicationUrl === null}
        {...form.getInputProps('shards')}
        error={errors.shards}
      />
      <TextInput
        label={t('authorities.crl.folder')}
        description={t('authorities.crl.folderText')}
        placeholder="/srv/pki/crl"
        maxLength={1000}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('folder')}
        error={errors.folder}
      />
    </FormDialog>
  );
}
