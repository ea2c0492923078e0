/** Tries a provider, and shows what its rules would make of somebody, rule by rule. */
import { Button, Group, List, Stack, Text, Textarea, TextInput, ThemeIcon } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityExplanation, IdentityProvider } from '../../../shared/operations/identity-providers.ts';
import { useAction } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleName } from '../../components/role-name.ts';

type CheckName = 'discovery' | 'keys' | 'sign-in' | 'connection' | 'account';

function Mark({ ok }: { readonly ok: boolean }) {
  return (
    <ThemeIcon size={20} radius="xl" variant="light" color={ok ? 'verdigris' : 'red'} aria-hidden="true">
      {ok ? <IconCheck size={14} /> : <IconX size={14} />}
    </ThemeIcon>
  );
}

function Explanation({ explanation }: { readonly explanation: IdentityExplanation }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('outside.rulesTitle')}>
      <Badge tone={explanation.isAdmitted ? 'good' : 'bad'}>
        {t(explanation.isAdmitted ? 'outside.admitted' : 'outside.notAdmitted')}
      </Badge>
      <List size="sm" mt="xs" spacing={6} center style={{ overflowWrap: 'anywhere' }}>
        {explanation.rules.map(({ claim, value, role, realms, matches, found }) => (
          <List.Item key={`${claim} ${value} ${role} ${realms?.join()}`} icon={<Mark ok={matches} />}>
            <span className="mono">
              {claim} = {value}
            </span>{' '}
            {t(matches ? 'outside.matches' : 'outside.differs')} → {roleName(t, role)},{' '}
            {realms?.join(', ') ?? t('outside.everywhere')}
            <Text size="xs" c="dimmed">
              {claim}{' '}
              {found.length === 0 ? t('outside.missing') : t('outside.found', { found: found.join(', ') })}
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  );
}

interface TestDialogProps {
  readonly provider: IdentityProvider;
  readonly onClose: () => void;
}

export function TestDialog({ provider, onClose }: TestDialogProps) {
  const { t } = useTranslation();
  const test = useAction('identity-providers.test');
  const [text, setText] = useState('');
  const isLdap = provider.settings.kind === 'ldap';
  const asked = text.trim() === '' ? {} : { [isLdap ? 'username' : 'claims']: text.trim() };
  return (
    <Dialog onClose={onClose} size="lg" title={t('outside.testTitle', { name: provider.name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate({ id: provider.id, ...asked });
        }}
      >
        <Stack>
          {isLdap ? (
            <TextInput
              label={t('outside.username')}
              data-autofocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          ) : (
            <Textarea
              label={t('outside.claims')}
              description={t('outside.claimsText')}
              classNames={{ input: 'mono' }}
              autosize
              minRows={3}
              maxRows={10}
              data-autofocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          <ProblemNotice error={test.error} />
          {test.data === undefined ? null : (
            <div role="status">
              <List size="sm" spacing={6} center style={{ overflowWrap: 'anywhere' }}>
                {test.data.checks.map(({ name, ok, detail }) => (
                  <List.Item key={name} icon={<Mark ok={ok} />}>
                    {t(`outside.check.${name as CheckName}`)}
                    <Text size="xs" c="dimmed">
                      {detail}
                    </Text>
                  </List.Item>
                ))}
              </List>
            </div>
          )}
          {test.data?.explanation ? <Explanation explanation={test.data.explanation} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.close')}
            </Button>
            <Button type="submit" loading={test.isPending}>
              {t('outside.test')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
