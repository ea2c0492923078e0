/** The settings of the installation; each is changed by itself and takes effect at once. */
import { Button, Card, Group, Select, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settingChoices, settingDefaults } from '../../../shared/model/settings.ts';
import type { Output } from '../../../shared/operations/index.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

type Setting = Output<'settings.list'>['items'][number];

const names = {
  'devices.unknownCertificates': 'unknownCertificates',
  'keyfactor.realm': 'keyfactorRealm',
  'keyfactor.requestedWith': 'keyfactorRequestedWith',
  'tokens.lifetimeSeconds': 'tokenLifetime',
  'desktop.listenerPort': 'listenerPort',
  'lint.weakKeysFile': 'weakKeysFile',
  'requests.lifetime': 'requestLifetime',
} as const;

function SettingRow({ setting }: { readonly setting: Setting }) {
  const { t } = useTranslation();
  const may = useMay();
  const set = useAction('settings.set', ['settings.list', 'audit.list']);
  const [value, setValue] = useState(setting.value);
  const key = names[setting.key];
  const choices = settingChoices[setting.key];
  const label = t(`settings.names.${key}`);
  const disabled = !may('settings.write');
  const save = (next: string): void => {
    setValue(next);
    set.mutate(
      { key: setting.key, value: next },
      { onSuccess: () => notifications.show({ message: t('settings.saved', { name: label }) }) },
    );
  };
  return (
    <div>
      <Group justify="space-between" align="flex-start" wrap="wrap" gap="md">
        <div style={{ flex: '1 1 300px', maxWidth: 520 }}>
          <Group gap={8}>
            <Text size="sm" fw={570}>
              {label}
            </Text>
            {setting.isDefault ? null : <Badge tone="info">{t('settings.changed')}</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {t(`settings.texts.${key}`, { standard: settingDefaults[setting.key] })}
          </Text>
          <Text size="xs" c="dimmed" className="mono">
            {setting.key}
          </Text>
        </div>
        {choices === undefined ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save(value.trim());
            }}
          >
            <Group gap="xs" wrap="nowrap">
              <TextInput
                w={180}
                aria-label={label}
                maxLength={200}
                disabled={disabled}
                value={value}
                onChange={(event) => setValue(event.currentTarget.value)}
              />
              <Button
                type="submit"
                variant="default"
                disabled={disabled || value.trim() === '' || value.trim() === setting.value}
                loading={set.isPending}
              >
                {t('action.save')}
              </Button>
            </Group>
          </form>
        ) : (
          <Select
            w={180}
            aria-label={label}
            disabled={disabled}
            data={[...choices]}
            value={value}
            onChange={(next) => next !== null && save(next)}
          />
        )}
      </Group>
      <ProblemNotice error={set.error} />
    </div>
  );
}

export function InstallationSettings() {
  const { t } = useTranslation();
  const { data, error, refetch } = useOperation('settings.list', {});
  return (
    <Card>
      <Title order={2} mb="sm">
        {t('settings.installation')}
      </Title>
      <ProblemNotice error={data === undefined ? error : null} onRetry={() => void refetch()} />
      {data === undefined && error === null ? <Skeleton height={120} /> : null}
      <Stack gap="lg">
        {data?.items.map((setting) => (
          <SettingRow key={`${setting.key} ${setting.value}`} setting={setting} />
        ))}
      </Stack>
    </Card>
  );
}
