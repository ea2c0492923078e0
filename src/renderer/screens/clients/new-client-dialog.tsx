/** Creates an API client and hands over its secret, which exists in clear this once. */
import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction, useOperation } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { ClientSecret } from './client-secret.tsx';

const fields = ['name', 'realms', 'defaultProfile'];

export function NewClientDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const realms = useOperation('realms.list', { limit: 200 });
  const profiles = useOperation('profiles.list', { limit: 200 });
  const create = useAction('clients.create', ['clients.list', 'system.overview', 'audit.list']);
  const form = useForm({
    initialValues: { name: '', realms: [] as string[], defaultProfile: null as string | null },
  });
  const choices = realms.data?.items.filter(({ builtIn }) => !builtIn) ?? [];
  const onlyRealm = choices.length === 1 ? choices[0]?.slug : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen once, when the only realm becomes known
  useEffect(() => {
    if (onlyRealm !== undefined && form.values.realms.length === 0) form.setFieldValue('realms', [onlyRealm]);
  }, [onlyRealm]);
  const problem = create.error === null ? undefined : formProblem(create.error, fields);
  const created = create.data;
  return (
    <Dialog
      onClose={onClose}
      size="lg"
      title={created === undefined ? t('clients.new') : t('clients.created')}
      closeOnClickOutside={false}
      closeOnEscape={created === undefined}
    >
      {created === undefined ? (
        <form
          onSubmit={form.onSubmit(({ name, realms: chosen, defaultProfile }) =>
            create.mutate({
              name: name.trim(),
              realms: chosen,
              ...(defaultProfile === null ? {} : { defaultProfile }),
            }),
          )}
        >
          <Stack>
            <ProblemNotice error={create.error} shownAtFields={problem?.shown ?? []} />
            <TextInput
              label={t('field.name')}
              placeholder="build-server"
              required
              maxLength={120}
              data-autofocus
              {...form.getInputProps('name')}
              error={problem?.errors.name}
            />
            <MultiSelect
              label={t('field.realms')}
              description={t('clients.realmsText')}
              data={choices.map(({ slug, name }) => ({ value: slug, label: name }))}
              placeholder={form.values.realms.length === 0 ? t('clients.chooseRealms') : ''}
              {...form.getInputProps('realms')}
              error={problem?.errors.realms}
            />
            <Select
              label={t('field.defaultPolicy')}
              description={t('clients.defaultPolicyText')}
              clearable
              clearButtonProps={{ 'aria-label': t('action.clear') }}
              data={profiles.data?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
              {...form.getInputProps('defaultProfile')}
              error={problem?.errors.defaultProfile}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('action.cancel')}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t('clients.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <ClientSecret
          clientId={created.clientId}
          clientSecret={created.clientSecret}
          realm={created.realms[0]}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}
