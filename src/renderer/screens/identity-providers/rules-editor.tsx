/** Which claim gives which role where. */
import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  MultiSelect,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { IdentityRule } from '../../../shared/model/identity-provider.ts';
import { roleNames } from '../../../shared/model/permissions.ts';
import { useOperation } from '../../client/queries.ts';

interface RulesEditorProps {
  readonly kind: 'oidc' | 'ldap';
  readonly rules: readonly IdentityRule[];
  readonly error: string | undefined;
  readonly onChange: (rules: IdentityRule[]) => void;
}

export function RulesEditor({ kind, rules, error, onChange }: RulesEditorProps) {
  const { t } = useTranslation();
  const realms = useOperation('realms.list', { limit: 200 });
  const choices = realms.data?.items.filter(({ builtIn }) => !builtIn).map(({ slug }) => slug) ?? [];
  const change = (index: number, fields: Partial<IdentityRule>) =>
    onChange(rules.map((rule, at) => (at === index ? { ...rule, ...fields } : rule)));
  const held = (value: readonly string[]) => (value.length === 0 ? undefined : [...value]);
  const first: IdentityRule = {
    claim: kind === 'oidc' ? 'groups' : 'groupNames',
    value: '',
    role: kind === 'oidc' ? 'ra-operator' : 'api-client',
  };
  return (
    <Fieldset legend={t('outside.rulesTitle')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('outside.rulesText')}
        </Text>
        {error === undefined ? null : (
          <Text size="sm" c="var(--ch-bad)">
            {error}
          </Text>
        )}
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place while it is edited
          <Group key={index} gap="xs" align="flex-end" wrap="wrap">
            <TextInput
              style={{ flex: '1 1 120px' }}
              label={t('outside.claim')}
              required
              value={rule.claim}
              onChange={(event) => change(index, { claim: event.currentTarget.value })}
            />
            <TextInput
              style={{ flex: '1 1 140px' }}
              label={t('outside.value')}
              required
              value={rule.value}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
            <Select
              style={{ flex: '1 1 150px' }}
              label={t('outside.role')}
              allowDeselect={false}
              data={roleNames.map((value) => ({ value, label: t(`ruling.role.${value}`) }))}
              value={rule.role}
              onChange={(role) => role !== null && change(index, { role: role as IdentityRule['role'] })}
            />
            <MultiSelect
              style={{ flex: '1 1 150px' }}
              label={t('field.realms')}
              data={choices}
              placeholder={rule.realms === undefined ? t('outside.everywhere') : ''}
              value={rule.realms ?? []}
              onChange={(value) => change(index, { realms: held(value) })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t('outside.removeRule', { number: index + 1 })}
              onClick={() => onChange(rules.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={16} />}
          onClick={() => onChange([...rules, first])}
        >
          {t('outside.addRule')}
        </Button>
      </Stack>
    </Fieldset>
  );
}
