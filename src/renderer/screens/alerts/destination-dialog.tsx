/** Sets up a destination, or changes one; the signing secret of a new webhook is handed over this once. */
import { Button, MultiSelect, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { type AlertDestination, destinationKinds } from '../../../shared/operations/alert-destinations.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { PemField } from '../../components/pem-field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { changedByDestinations } from './changed-by-destinations.ts';
import { type DestinationForm, formOf, settingsOf } from './destination-form.ts';
import { MailFields } from './mail-fields.tsx';
import { NoticeChoice } from './notice-choice.tsx';
import { SigningSecret } from './signing-secret.tsx';

interface DestinationDialogProps {
  /** Null for a new one. */
  readonly destination: AlertDestination | null;
  readonly onClose: () => void;
}

export function DestinationDialog({ destination, onClose }: DestinationDialogProps) {
  const { t } = useTranslation();
  const realms = useOperation('realms.list', { limit: 500 });
  const create = useAction('alert-destinations.create', changedByDestinations);
  const update = useAction('alert-destinations.update', changedByDestinations);
  const form = useForm<DestinationForm>({ initialValues: formOf(destination) });
  const { kind } = form.values;
  const error = create.error ?? update.error;
  const problem = error === null ? undefined : formProblem(error, Object.keys(form.values));
  const errors = problem?.errors ?? {};
  const save = (values: DestinationForm) => {
    const settings = settingsOf(values);
    if (destination !== null) update.mutate({ id: destination.id, ...settings }, { onSuccess: onClose });
    else {
      create.mutate(
        { kind: values.kind, ...settings },
        // Only a webhook has something to show once it is there.
        { onSuccess: ({ signingSecret }) => signingSecret === undefined && onClose() },
      );
    }
  };
  const input = (field: keyof DestinationForm) => ({ ...form.getInputProps(field), error: errors[field] });
  const signingSecret = create.data?.signingSecret;
  if (signingSecret !== undefined) {
    return (
      <Dialog
        onClose={onClose}
        size="lg"
        title={t('destinations.created')}
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <SigningSecret signingSecret={signingSecret} onClose={onClose} />
      </Dialog>
    );
  }
  const choices = (realms.data?.items ?? []).filter(
    ({ slug, archived }) => !archived || destination?.realms?.includes(slug),
  );
  return (
    <FormDialog
      onClose={onClose}
      size="xl"
      closeOnClickOutside={false}
      title={destination?.name ?? t('destinations.new')}
      onSubmit={form.onSubmit(save)}
      action={
        <Button type="submit" loading={create.isPending || update.isPending}>
          {t('action.save')}
        </Button>
      }
    >
      <ProblemNotice error={error} shownAtFields={problem?.shown ?? []} />
      {destination === null ? (
        <Radio.Group label={t('field.kind')} {...form.getInputProps('kind')}>
          <Stack gap="xs" mt="xs">
            {destinationKinds.map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`destinations.kind.${one}`)}
                description={t(`destinations.kindText.${one}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      ) : null}
      <TextInput label={t('field.name')} required maxLength={120} data-autofocus {...input('name')} />
      {kind === 'webhook' ? (
        <TextInput
          label={t('destinations.url')}
          description={t('destinations.urlText')}
          placeholder="https://hooks.example.com/chancery"
          required
          maxLength={2048}
          {...input('url')}
        />
      ) : (
        <MailFields form={form} errors={errors} hasPassword={destination?.hasPassword ?? false} />
      )}
      <NoticeChoice
        value={form.values.notices}
        onChange={(notices) => form.setFieldValue('notices', notices)}
        error={errors.notices}
      />
      <MultiSelect
        label={t('field.realms')}
        description={t('destinations.realmsText')}
        data={choices.map(({ slug, name }) => ({ value: slug, label: name }))}
        placeholder={form.values.realms.length === 0 ? t('access.allRealms') : ''}
        {...input('realms')}
      />
      <PemField
        label={t('outside.ca')}
        description={t('outside.caText')}
        derLabel="CERTIFICATE"
        accept=".pem,.crt,.cer,.der"
        rows={2}
        value={form.values.trust}
        onChange={(trust) => form.setFieldValue('trust', trust)}
        error={errors.trust}
      />
      <Switch
        label={t('destinations.enabled')}
        description={t('destinations.enabledText')}
        {...form.getInputProps('enabled', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}
