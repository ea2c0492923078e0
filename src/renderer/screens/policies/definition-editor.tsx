/** All that a policy says, section by section. What has no field here stays as it is. */
import { Card, Group, MultiSelect, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type KeyAlgorithm, keyAlgorithms } from '../../../shared/model/algorithms.ts';
import { extendedKeyUsages, keyUsages, subjectAltNameTypes } from '../../../shared/model/names.ts';
import {
  type PolicyDefinition,
  type SubjectAltNameSection,
  type SubjectSection,
  subjectAttributes,
} from '../../../shared/model/policy.ts';
import { ApprovalEditor } from './approval-editor.tsx';
import { NamesSectionEditor } from './names-section-editor.tsx';
import { UsagesEditor } from './usages-editor.tsx';

interface DefinitionEditorProps {
  readonly definition: PolicyDefinition;
  readonly onChange: (definition: PolicyDefinition) => void;
}

const caRules = ['denied', 'allowed', 'required'] as const;

export function DefinitionEditor({ definition, onChange }: DefinitionEditorProps) {
  const { t } = useTranslation();
  const set = (fields: Partial<PolicyDefinition>) => onChange({ ...definition, ...fields });
  const { uniqueness, basicConstraints } = definition;
  const caRule = basicConstraints?.isCa ?? (definition.isCa ? 'required' : 'denied');
  return (
    <Stack gap="sm">
      <NamesSectionEditor
        title={t('field.subject')}
        types={subjectAttributes.map((value) => ({ value, label: t(`subject.${value}`) }))}
        section={definition.subject}
        onChange={(subject) => set({ subject: subject as SubjectSection })}
      />
      <NamesSectionEditor
        title={t('field.subjectAltNames')}
        types={subjectAltNameTypes.map((value) => ({ value, label: t(`san.${value}`) }))}
        section={definition.subjectAltNames}
        onChange={(names) => set({ subjectAltNames: names as SubjectAltNameSection })}
      />
      <Card withBorder>
        <Stack gap="xs">
          <Text fw={570}>{t('ruling.keys')}</Text>
          <UsagesEditor
            name={t('field.keyUsages')}
            known={keyUsages}
            isFree={false}
            value={definition.keyUsages}
            onChange={(value) => set({ keyUsages: value })}
          />
          <UsagesEditor
            name={t('field.extendedKeyUsages')}
            known={extendedKeyUsages}
            isFree
            value={definition.extendedKeyUsages}
            onChange={(value) => set({ extendedKeyUsages: value })}
          />
          <MultiSelect
            label={t('field.keyAlgorithms')}
            searchable
            data={keyAlgorithms.map((value) => ({ value, label: t(`algorithm.${value}`) }))}
            value={definition.keyAlgorithms}
            onChange={(chosen) => set({ keyAlgorithms: chosen as KeyAlgorithm[] })}
          />
          <Group grow align="flex-start">
            <TextInput
              label={t('field.maxValidity')}
              description={t('ruling.durationHint')}
              required
              value={definition.maxValidity}
              onChange={(event) => set({ maxValidity: event.currentTarget.value })}
            />
            <TextInput
              label={t('ruling.minValidity')}
              description={t('ruling.durationHint')}
              value={definition.minValidity ?? ''}
              onChange={(event) => set({ minValidity: event.currentTarget.value || undefined })}
            />
          </Group>
        </Stack>
      </Card>
      <Card withBorder>
        <Stack gap="xs">
          <Text fw={570}>{t('ruling.options')}</Text>
          <Switch
            label={t('ruling.wildcards')}
            checked={definition.allowWildcards}
            onChange={(event) => set({ allowWildcards: event.currentTarget.checked })}
          />
          <Switch
            label={t('ruling.selfSigned')}
            checked={definition.allowSelfSigned === true}
            onChange={(event) => set({ allowSelfSigned: event.currentTarget.checked || undefined })}
          />
          <Switch
            label={t('ruling.unique')}
            checked={uniqueness?.active === true}
            onChange={(event) =>
              set({ uniqueness: event.currentTarget.checked ? { active: true } : undefined })
            }
          />
          {uniqueness?.active && (
            <TextInput
              label={t('ruling.renewalWindow')}
              placeholder="30d"
              value={uniqueness.renewalWindow ?? ''}
              onChange={(event) =>
                set({ uniqueness: { active: true, renewalWindow: event.currentTarget.value || undefined } })
              }
            />
          )}
          <Group align="flex-start">
            <Select
              label={t('ruling.isCa')}
              allowDeselect={false}
              data={caRules.map((value) => ({ value, label: t(`ruling.isCaRule.${value}`) }))}
              value={caRule}
              onChange={(chosen) => {
                const isCa = caRules.find((one) => one === chosen) ?? 'denied';
                set({ isCa: false, basicConstraints: isCa === 'denied' ? undefined : { isCa } });
              }}
            />
            {caRule !== 'denied' && (
              <NumberInput
                label={t('ruling.maxPathLength')}
                min={0}
                max={20}
                value={basicConstraints?.maxPathLength ?? ''}
                onChange={(length) =>
                  set({
                    basicConstraints: {
                      isCa: caRule,
                      maxPathLength: length === '' ? undefined : Number(length),
                    },
                  })
                }
              />
            )}
          </Group>
          <ApprovalEditor
            approval={definition.approval}
            onChange={(approval) => set({ approval: approval ?? undefined })}
          />
        </Stack>
      </Card>
    </Stack>
  );
}
