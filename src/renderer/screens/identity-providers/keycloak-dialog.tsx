/** Connects Keycloak; it is tried before anything is kept. */
import { Button, Group, NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { KeycloakConnection } from '../../../shared/operations/keycloak.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';

interface KeycloakDialogProps {
  readonly connection: KeycloakConnection;
  readonly onClose: () => void;
}

export function KeycloakDialog({ connection, onClose }: KeycloakDialogProps) {
  const { t } = useTranslation();
  const connect = useAction('keycloak.connect', ['keycloak.show', 'audit.list']);
  const form = useForm({
    initialValues: {
      url: connection.url ?? '',
      realm: connection.realm ?? '',
      clientId: connection.clientId ?? '',
      clientSecret: '',
      ca: '',
      syncEveryMinutes: connection.syncEveryMinutes ?? 15,
    },
  });
  const problem = connect.error === null ? undefined : formProblem(connect.error, Object.keys(form.values));
  const input = (field: keyof typeof form.values) => ({
    ...form.getInputProps(field),
    error: problem?.errors[field],
  });
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      title={t('keycloak.title')}
      onSubmit={form.onSubmit(({ clientSecret, ca, ...values }) =>
        connect.mutate(
          {
            ...values,
            ...(clientSecret !== '' && { clientSecret }),
            ...(ca.trim() !== '' && { ca: ca.trim() }),
          },
          { onSuccess: onClose },
        ),
      )}
      action={
        <Button type="submit" loading={connect.isPending}>
          {t('keycloak.connect')}
        </Button>
      }
    >
      <ProblemNotice error={connect.error} shownAtFields={problem?.shown ?? []} />
      <Group grow align="flex-start">
        <TextInput
          label={t('outside.url')}
          placeholder="https://keycloak.example.com"
          required
          data-autofocus
          {...input('url')}
        />
        <TextInput label={t('keycloak.realm')} required {...input('realm')} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label={t('keycloak.account')} required {...input('clientId')} />
        <PasswordInput
          label={t('outside.secret')}
          required={!connection.connected}
          autoComplete="off"
          description={connection.connected ? t('outside.secretKept') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
          {...input('clientSecret')}
        />
      </Group>
      <NumberInput
        label={t('keycloak.every')}
        description={t('keycloak.accountText')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={1}
        max={1440}
        {...input('syncEveryMinutes')}
      />
      <Textarea
        label={t('outside.ca')}
        description={t('outside.caText')}
        classNames={{ input: 'mono' }}
        autosize
        minRows={2}
        maxRows={8}
        {...input('ca')}
      />
    </FormDialog>
  );
}
