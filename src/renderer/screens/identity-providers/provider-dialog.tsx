/** Sets up a provider, or changes one. */
import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { IdentityProvider } from '../../../shared/operations/identity-providers.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { LdapFields } from './ldap-fields.tsx';
import { OidcFields } from './oidc-fields.tsx';
import { formOf, type ProviderForm, settingsOf } from './provider-form.ts';
import { RulesEditor } from './rules-editor.tsx';

interface ProviderDialogProps {
  /** Null for a new one. */
  readonly provider: IdentityProvider | null;
  readonly onClose: () => void;
}

const stale = ['identity-providers.list', 'identity-providers.offered', 'audit.list'] as const;
const kinds = ['oidc', 'ldap'] as const;

export function ProviderDialog({ provider, onClose }: ProviderDialogProps) {
  const { t } = useTranslation();
  const create = useAction('identity-providers.create', stale);
  const update = useAction('identity-providers.update', stale);
  const form = useForm<ProviderForm>({ initialValues: formOf(provider) });
  const { kind, rules } = form.values;
  const error = create.error ?? update.error;
  const fields = Object.keys(form.values);
  const aliases = {
    ...Object.fromEntries(fields.map((field) => [`settings.${field}`, field])),
    clientSecret: 'secret',
  };
  const problem = error === null ? undefined : formProblem(error, fields, aliases);
  const save = (values: ProviderForm) => {
    const settings = settingsOf(values, provider);
    const secret = values.secret === '' ? {} : { clientSecret: values.secret };
    const name = values.name.trim();
    const then = { onSuccess: onClose };
    if (provider) update.mutate({ id: provider.id, name, settings, rules: values.rules, ...secret }, then);
    else create.mutate({ slug: values.slug.trim(), name, settings, rules: values.rules, ...secret }, then);
  };
  const input = (field: keyof ProviderForm) => ({
    ...form.getInputProps(field),
    error: problem?.errors[field],
  });
  return (
    <FormDialog
      onClose={onClose}
      size="xl"
      closeOnClickOutside={false}
      title={provider?.name ?? t('outside.new')}
      onSubmit={form.onSubmit(save)}
      action={
        <Button type="submit" loading={create.isPending || update.isPending}>
          {t('action.save')}
        </Button>
      }
    >
      <ProblemNotice error={error} shownAtFields={problem?.shown ?? []} />
      {provider === null ? (
        <Radio.Group label={t('field.kind')} {...form.getInputProps('kind')}>
          <Stack gap="xs" mt="xs">
            {kinds.map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`outside.kind.${one}`)}
                description={t(`outside.kindText.${one}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      ) : null}
      <Group grow align="flex-start">
        <TextInput label={t('field.name')} required maxLength={120} data-autofocus {...input('name')} />
        <TextInput
          label={t('field.slug')}
          description={t('outside.slugText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required
          maxLength={63}
          disabled={provider !== null}
          {...input('slug')}
        />
      </Group>
      {kind === 'oidc' ? (
        <OidcFields input={input} hasSecret={provider?.hasSecret ?? false} />
      ) : (
        <LdapFields input={input} hasSecret={provider?.hasSecret ?? false} />
      )}
      <RulesEditor
        kind={kind}
        rules={rules}
        error={problem?.errors.rules}
        onChange={(next) => form.setFieldValue('rules', next)}
      />
    </FormDialog>
  );
}
