/** A button for each identity provider that operators sign in with. */
import { Button, Divider, Group, Loader, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { leaveForProvider, signInByBrowser } from '../../client/external-sign-in.ts';
import { useOperation } from '../../client/queries.ts';
import { setSessionToken } from '../../client/session-token.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { isDesktop } from './use-arrival.ts';

export function SignInWith() {
  const { t } = useTranslation();
  const offered = useOperation('identity-providers.offered', {});
  const waiting = useRef<AbortController | null>(null);
  const signIn = useMutation({
    mutationFn: async (id: string) => {
      if (!isDesktop) return leaveForProvider(id);
      waiting.current = new AbortController();
      setSessionToken((await signInByBrowser(id, waiting.current.signal)).token);
    },
  });
  const items = offered.data?.items ?? [];
  if (items.length === 0) return null;
  const isWaiting = isDesktop && signIn.isPending;
  return (
    <Stack gap="sm" mt="lg">
      <Divider label={t('outside.or')} />
      <ProblemNotice error={signIn.error} />
      {isWaiting ? (
        <>
          <Group gap="sm" wrap="nowrap" role="status">
            <Loader size="sm" />
            <Text size="sm">{t('outside.inBrowser')}</Text>
          </Group>
          <Button variant="default" onClick={() => waiting.current?.abort()}>
            {t('outside.again')}
          </Button>
        </>
      ) : (
        items.map(({ slug, name }) => (
          <Button
            key={slug}
            variant="default"
            rightSection={<IconExternalLink size={16} aria-hidden="true" />}
            loading={signIn.isPending && signIn.variables === slug}
            onClick={() => signIn.mutate(slug)}
          >
            {t('outside.signInWith', { name })}
          </Button>
        ))
      )}
    </Stack>
  );
}
