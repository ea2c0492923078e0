/** Sign in with name and password, or learn where the first session comes from. */
import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../client/api-problem.ts';
import { useAction } from '../../client/queries.ts';
import { setSessionToken } from '../../client/session-token.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { SignInWith } from './sign-in-with.tsx';
import { isDesktop } from './use-arrival.ts';

interface SignInProps {
  /** No operator exists, so that a password opens nothing yet. */
  readonly ownerMayEnter: boolean;
  /** There is no vault yet either. */
  readonly isNew: boolean;
  readonly error: ApiProblem | null;
}

function TicketNeeded({ isNew, error }: { readonly isNew: boolean; readonly error: ApiProblem | null }) {
  const { t } = useTranslation();
  const enter = useAction('sessions.enter');
  return (
    <Stack>
      <Title order={1}>{isNew ? t('entry.welcome') : t('entry.signIn')}</Title>
      <ProblemNotice error={error ?? enter.error} />
      {isDesktop ? (
        <Button
          loading={enter.isPending}
          onClick={() => enter.mutate({}, { onSuccess: ({ token }) => setSessionToken(token) })}
        >
          {t('entry.enter')}
        </Button>
      ) : (
        <>
          <Text size="md" c="dimmed">
            {t('entry.ticketNeeded')}
          </Text>
          <Text size="md" c="dimmed">
            {t('entry.ticketAgain')}
          </Text>
        </>
      )}
    </Stack>
  );
}

export function SignIn({ ownerMayEnter, isNew, error }: SignInProps) {
  const { t } = useTranslation();
  const signIn = useAction('sessions.create');
  const form = useForm({ initialValues: { name: '', password: '' } });
  if (ownerMayEnter) {
    return (
      <EntryFrame title={t('entry.signIn')}>
        <TicketNeeded isNew={isNew} error={error} />
      </EntryFrame>
    );
  }
  return (
    <EntryFrame title={t('entry.signIn')}>
      <form
        onSubmit={form.onSubmit((values) =>
          signIn.mutate(values, {
            onSuccess: ({ token }) => setSessionToken(token),
            onError: () => form.setFieldValue('password', ''),
          }),
        )}
      >
        <Stack>
          <Title order={1}>{t('entry.signIn')}</Title>
          <ProblemNotice error={signIn.error ?? error} />
          <TextInput
            label={t('entry.name')}
            autoComplete="username"
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
            {...form.getInputProps('name')}
          />
          <PasswordInput
            label={t('entry.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signIn.isPending}>
            {t('entry.signIn')}
          </Button>
        </Stack>
      </form>
      <SignInWith />
    </EntryFrame>
  );
}
