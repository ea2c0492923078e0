/** A provider with what its rules give, and what can be done with it. */
import { Button, Card, Group, List, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCirclePause, IconEdit, IconStethoscope, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityProvider } from '../../../shared/operations/identity-providers.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleName } from '../../components/role-name.ts';
import { ProviderDialog } from './provider-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';

type Asked = 'edit' | 'test' | 'delete';
const stale = ['identity-providers.list', 'identity-providers.offered', 'audit.list'] as const;

export function ProviderCard({ provider }: { readonly provider: IdentityProvider }) {
  const { t } = useTranslation();
  const mayWrite = useMay()('identity-providers.write');
  const [asked, setAsked] = useState<Asked | null>(null);
  const update = useAction('identity-providers.update', stale);
  const remove = useAction('identity-providers.delete', stale);
  const { id, name, slug, settings, rules, enabled } = provider;
  const close = () => setAsked(null);
  const headingId = `provider-${slug}`;
  return (
    <Card component="section" aria-labelledby={headingId}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Title order={2} id={headingId}>
            {name}
          </Title>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t(`outside.kind.${settings.kind}`)} ·{' '}
            <span className="mono">{settings.kind === 'oidc' ? settings.issuer : settings.url}</span>
          </Text>
        </div>
        {enabled ? (
          <Badge tone="good" icon={IconCircleCheck}>
            {t('outside.on')}
          </Badge>
        ) : (
          <Badge tone="quiet" icon={IconCirclePause}>
            {t('outside.off')}
          </Badge>
        )}
      </Group>
      {rules.length === 0 ? (
        <Text size="sm" mt="sm">
          {t('outside.noRules')}
        </Text>
      ) : (
        <List size="sm" mt="sm" aria-label={t('outside.rulesTitle')} style={{ overflowWrap: 'anywhere' }}>
          {rules.map(({ claim, value, role, realms }) => (
            <List.Item key={`${claim} ${value} ${role} ${realms?.join()}`}>
              <span className="mono">
                {claim} = {value}
              </span>{' '}
              → {roleName(t, role)}, {realms?.join(', ') ?? t('outside.everywhere')}
            </List.Item>
          ))}
        </List>
      )}
      <ProblemNotice error={update.error} />
      <Group gap="xs" mt="md">
        <Button
          variant="default"
          leftSection={<IconStethoscope size={16} />}
          onClick={() => setAsked('test')}
        >
          {t('outside.test')}
        </Button>
        {mayWrite ? (
          <>
            <Button variant="default" leftSection={<IconEdit size={16} />} onClick={() => setAsked('edit')}>
              {t('outside.edit')}
            </Button>
            <Button
              variant={enabled ? 'default' : 'filled'}
              loading={update.isPending}
              onClick={() => update.mutate({ id, enabled: !enabled })}
            >
              {t(enabled ? 'outside.disable' : 'outside.enable')}
            </Button>
            <Button
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => setAsked('delete')}
            >
              {t('outside.delete')}
            </Button>
          </>
        ) : null}
      </Group>
      {asked === 'edit' ? <ProviderDialog provider={provider} onClose={close} /> : null}
      {asked === 'test' ? <TestDialog provider={provider} onClose={close} /> : null}
      {asked === 'delete' ? (
        <ConfirmDialog
          opened
          onClose={close}
          title={t('outside.deleteTitle')}
          action={t('outside.delete')}
          onConfirm={() => remove.mutate({ id }, { onSuccess: close })}
          running={remove.isPending}
          error={remove.error}
        >
          <Text size="sm">{t('outside.deleteText', { name })}</Text>
        </ConfirmDialog>
      ) : null}
    </Card>
  );
}
