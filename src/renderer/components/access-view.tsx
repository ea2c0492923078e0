/** What somebody may do, permission by permission, with the role that gives it and where. */
import { Alert, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Access } from '../../shared/model/access.ts';
import { Badge } from './badge.tsx';
import { roleName } from './role-name.ts';

type Held = Access['permissions'][number];

function Reason({ reason }: { readonly reason: Held['because'][number] }) {
  const { t } = useTranslation();
  const where = reason.realms === null ? t('access.allRealms') : reason.realms.join(', ');
  return (
    <Group gap={6} wrap="wrap">
      <Badge tone={reason.holds ? 'info' : 'quiet'} wraps>
        {roleName(t, reason.role)} · {where}
      </Badge>
      {reason.ownOnly ? <Badge tone="warn">{t('access.ownOnly')}</Badge> : null}
      {reason.holds ? null : (
        <Text size="xs" c="dimmed">
          {t('access.notHere')}
        </Text>
      )}
    </Group>
  );
}

export function AccessView({ access }: { readonly access: Access }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const sought = search.trim().toLowerCase();
  const shown = access.permissions.filter(
    ({ permission, operations }) =>
      permission.includes(sought) || operations.some((operation) => operation.includes(sought)),
  );
  return (
    <Card component="section" aria-label={t('access.title')}>
      <Group justify="space-between" align="flex-start" mb="sm">
        <div>
          <Title order={2}>{t('access.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('access.text')}
          </Text>
        </div>
        <TextInput
          type="search"
          w={280}
          aria-label={t('access.find')}
          placeholder={t('access.find')}
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Group>
      {access.obstacle === null ? null : (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} mb="sm">
          {t(`access.obstacle.${access.obstacle}`)}
        </Alert>
      )}
      {access.permissions.length === 0 && access.obstacle === null ? (
        <Text c="dimmed">{t('access.none')}</Text>
      ) : null}
      <Stack component="ul" gap={0} p={0} m={0} style={{ listStyle: 'none' }}>
        {shown.map(({ permission, operations, because }) => (
          <Group
            component="li"
            key={permission}
            align="flex-start"
            gap="md"
            py={8}
            style={{ borderTop: '1px solid var(--ch-line)' }}
          >
            <div style={{ flex: '1 1 320px', minWidth: 0 }}>
              <Text size="sm" className="mono">
                {permission}
              </Text>
              {operations.length === 0 ? null : (
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {t('access.operations', { operations: operations.join(', ') })}
                </Text>
              )}
            </div>
            <Stack gap={4} style={{ flex: '1 1 260px' }}>
              {because.map((reason) => (
                <Reason key={`${reason.role} ${reason.realms?.join(' ') ?? ''}`} reason={reason} />
              ))}
            </Stack>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
