/** What a synchronisation with Keycloak would do, before it is done. */
import { Alert, Button, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KeycloakDifference } from '../../../shared/operations/keycloak.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

const kinds = ['added', 'renamed', 'enabled', 'disabled', 'vanished', 'conflicting'] as const;
const explained = { added: 'addedText', vanished: 'vanishedText', conflicting: 'conflictingText' } as const;
const mostShown = 100;

function lines(difference: KeycloakDifference, kind: (typeof kinds)[number]) {
  if (kind === 'renamed')
    return difference.renamed.map(({ clientId, from, to }) => ({ clientId, text: `${from} → ${to}` }));
  return difference[kind].map(({ clientId, name }) => ({ clientId, text: name }));
}

function Difference({ difference }: { readonly difference: KeycloakDifference }) {
  const { t } = useTranslation();
  return kinds.map((kind) => {
    const found = lines(difference, kind);
    if (found.length === 0) return null;
    return (
      <section key={kind} aria-label={t(`keycloak.${kind}`)}>
        <Title order={3} size="h4">
          {t(`keycloak.${kind}`)} ({found.length})
        </Title>
        {kind in explained ? (
          <Text size="sm" c="dimmed">
            {t(`keycloak.${explained[kind as keyof typeof explained]}`)}
          </Text>
        ) : null}
        <List size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
          {found.slice(0, mostShown).map(({ clientId, text }) => (
            <List.Item key={clientId}>
              {text}{' '}
              <Text span size="xs" c="dimmed" className="mono">
                {clientId}
              </Text>
            </List.Item>
          ))}
          {found.length > mostShown ? <List.Item>…</List.Item> : null}
        </List>
      </section>
    );
  });
}

export function SyncDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const compared = useOperation('keycloak.compare', {});
  const sync = useAction('keycloak.sync', [
    'clients.list',
    'keycloak.compare',
    'keycloak.show',
    'audit.list',
  ]);
  const difference = sync.data ?? compared.data;
  const isSame = difference !== undefined && kinds.every((kind) => difference[kind].length === 0);
  const changes = difference !== undefined && kinds.slice(0, -1).some((kind) => difference[kind].length > 0);
  return (
    <Dialog onClose={onClose} size="lg" title={t('keycloak.syncTitle')}>
      <Stack>
        <ProblemNotice error={sync.error ?? compared.error} onRetry={() => void compared.refetch()} />
        {compared.isPending ? <Skeleton height={90} /> : null}
        {sync.data === undefined ? null : (
          <Alert color="verdigris" variant="light" icon={<IconCircleCheck />} role="status">
            {t('keycloak.applied')}
          </Alert>
        )}
        {isSame && sync.data === undefined ? <Text size="sm">{t('keycloak.same')}</Text> : null}
        {difference === undefined ? null : <Difference difference={difference} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {sync.data === undefined && changes ? t('action.cancel') : t('action.close')}
          </Button>
          {changes && sync.data === undefined ? (
            <Button loading={sync.isPending} onClick={() => sync.mutate({})}>
              {t('keycloak.apply')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Dialog>
  );
}
