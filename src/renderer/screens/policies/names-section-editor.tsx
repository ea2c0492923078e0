/** Edits a section of names: its mode, and the rules of its types. */
import {
  ActionIcon,
  Button,
  Card,
  Group,
  SegmentedControl,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export interface NameRule {
  readonly type: string;
  readonly oid?: string | undefined;
  readonly allowed?: readonly string[] | undefined;
  readonly required?: readonly string[] | undefined;
  readonly denied?: readonly string[] | undefined;
}
export type NamesSection =
  | { readonly mode: 'any' }
  | { readonly mode: 'none' }
  | { readonly mode: 'rules'; readonly rules: readonly NameRule[] };

interface NamesSectionEditorProps {
  readonly title: string;
  readonly types: readonly { readonly value: string; readonly label: string }[];
  readonly section: NamesSection;
  readonly onChange: (section: NamesSection) => void;
}

const kinds = ['allowed', 'required', 'denied'] as const;

export function NamesSectionEditor({ title, types, section, onChange }: NamesSectionEditorProps) {
  const { t } = useTranslation();
  const rules = section.mode === 'rules' ? section.rules : [];
  const free = types.find(({ value }) => rules.every(({ type }) => type !== value)) ?? types[0];
  const withRules = (changed: readonly NameRule[]) => onChange({ mode: 'rules', rules: changed });
  const change = (index: number, fields: Partial<NameRule>) =>
    withRules(rules.map((rule, at) => (at === index ? { ...rule, ...fields } : rule)));
  const setMode = (mode: string) => {
    if (mode === 'rules') withRules([{ type: types[0]?.value ?? '' }]);
    else onChange({ mode: mode === 'none' ? 'none' : 'any' });
  };
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={570}>{title}</Text>
          <SegmentedControl
            size="xs"
            aria-label={`${title}: ${t('ruling.mode')}`}
            value={section.mode}
            onChange={setMode}
            data={(['any', 'none', 'rules'] as const).map((value) => ({
              value,
              label: t(`ruling.modes.${value}`),
            }))}
          />
        </Group>
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place; the fields are controlled
          <Stack key={index} gap={6}>
            <Group gap="xs" wrap="nowrap">
              <Select
                aria-label={t('ruling.ruleType', { number: index + 1 })}
                data={[...types]}
                allowDeselect={false}
                value={rule.type}
                onChange={(type) => change(index, { type: type ?? rule.type, oid: undefined })}
              />
              {rule.type === 'otherName' && (
                <TextInput
                  aria-label={t('ruling.oid')}
                  placeholder="1.3.6.1.4.1.55555.1"
                  value={rule.oid ?? ''}
                  onChange={(event) => change(index, { oid: event.currentTarget.value })}
                />
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('ruling.removeRule', { type: rule.type })}
                onClick={() => withRules(rules.filter((_, at) => at !== index))}
                disabled={rules.length === 1}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
            <Group gap="xs" grow align="flex-start">
              {kinds.map((kind) => (
                <TagsInput
                  key={kind}
                  size="xs"
                  label={t(kind === 'required' ? 'policies.requiredHead' : `policies.${kind}`)}
                  placeholder={rule[kind] === undefined ? t('ruling.patterns') : ''}
                  value={[...(rule[kind] ?? [])]}
                  onChange={(patterns) =>
                    change(index, { [kind]: patterns.length === 0 ? undefined : patterns })
                  }
                />
              ))}
            </Group>
          </Stack>
        ))}
        {section.mode === 'rules' && (
          <Group justify="space-between">
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              onClick={() => withRules([...rules, { type: free?.value ?? '' }])}
            >
              {t('ruling.addRule')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('ruling.patternHint')}
            </Text>
          </Group>
        )}
      </Stack>
    </Card>
  );
}
