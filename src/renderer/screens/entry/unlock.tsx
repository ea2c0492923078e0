/** The vault is locked: opens it the way it was closed, or with the recovery key. */
import { Anchor, Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../shared/operations/index.ts';
import { useAction } from '../../client/queries.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { EntryFrame } from './entry-frame.tsx';

export function Unlock({ vault }: { readonly vault: Output<'vault.show'> }) {
  const { t } = useTranslation();
  const unlock = useAction('vault.unlock', ['vault.show', 'sessions.whoami']);
  const [secret, setSecret] = useState('');
  const [byRecovery, setByRecovery] = useState(false);
  const needsSecret = byRecovery || vault.method === 'passphrase';
  const input = byRecovery
    ? { recoveryKey: secret }
    : vault.method === 'passphrase'
      ? { passphrase: secret }
      : {};
  return (
    <EntryFrame
      title={t('unlock.title')}
      foot={
        vault.method === 'keychain' ? (
          <Anchor
            component="button"
            size="sm"
            onClick={() => {
              setByRecovery(!byRecovery);
              setSecret('');
              unlock.reset();
            }}
          >
            {byRecovery ? t('unlock.useKeychain') : t('unlock.useRecovery')}
          </Anchor>
        ) : undefined
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          unlock.mutate(input, { onError: () => setSecret('') });
        }}
      >
        <Stack>
          <div>
            <Title order={1}>{t('unlock.title')}</Title>
            <Text size="md" c="dimmed" mt={4}>
              {needsSecret ? t('unlock.text') : t(`unlock.by.${vault.method ?? 'file'}`)}
            </Text>
          </div>
          <ProblemNotice error={unlock.error} />
          {needsSecret ? (
            <PasswordInput
              key={String(byRecovery)}
              label={byRecovery ? t('unlock.recoveryKey') : t('unlock.passphrase')}
              autoComplete={byRecovery ? 'off' : 'current-password'}
              required
              withAsterisk={false}
              autoFocus
              value={secret}
              visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
          ) : null}
          <Button type="submit" loading={unlock.isPending} leftSection={<IconLockOpen size={16} />}>
            {t('unlock.action')}
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  );
}
