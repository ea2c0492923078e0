/** Tries a request on a policy while it is typed: what passes, what fails, and why. */
import { Alert, Group, Select, Stack, Table, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import { type SubjectAltName, subjectAltNameTypes } from '../../../shared/model/names.ts';
import type { Input } from '../../../shared/operations/index.ts';
import type { Policy } from '../../../shared/operations/policies.ts';
import { useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

/** `dns:app.example` by its type; without one it is a DNS name. */
export function nameFromText(text: string): SubjectAltName {
  const [, prefix, value] = /^([a-z]+):(.+)$/is.exec(text) ?? [];
  const type = subjectAltNameTypes.find((known) => known === prefix?.toLowerCase() && known !== 'otherName');
  return type && value ? { type, value } : { type: 'dns', value: text };
}

const empty = {
  commonName: '',
  names: [] as string[],
  keyAlgorithm: null as string | null,
  validity: '',
  csr: '',
};

function testInput(policy: string, form: typeof empty): Input<'policies.test'> {
  const { commonName, names, keyAlgorithm, validity, csr } = form;
  return {
    policy,
    ...(commonName.trim() && { subject: { commonName: commonName.trim() } }),
    ...(names.length > 0 && { subjectAltNames: names.map(nameFromText) }),
    ...(keyAlgorithm && !csr.trim() && { keyAlgorithm: keyAlgorithm as KeyAlgorithm }),
    ...(validity.trim() && { validity: validity.trim() }),
    ...(csr.trim() && { csr }),
  };
}

export function PolicyTester({ policy, onClose }: { readonly policy: Policy; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(empty);
  const [settled] = useDebouncedValue(form, 250);
  const { data, error } = useOperation('policies.test', testInput(policy.id, settled));
  const set = (fields: Partial<typeof empty>) => setForm((former) => ({ ...former, ...fields }));
  return (
    <Dialog title={`${policy.name}: ${t('ruling.test')}`} onClose={onClose} size="xl">
      <Stack>
        <Text size="sm" c="dimmed">
          {t('ruling.testText')}
        </Text>
        <TextInput
          data-autofocus
          label={t('subject.commonName')}
          value={form.commonName}
          onChange={(event) => set({ commonName: event.currentTarget.value })}
        />
        <TagsInput
          label={t('ruling.testNames')}
          description={t('ruling.testNamesHint')}
          value={form.names}
          onChange={(names) => set({ names })}
        />
        <Group grow align="flex-start">
          <Select
            label={t('field.keyAlgorithm')}
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            data={policy.definition.keyAlgorithms.map((value) => ({ value, label: t(`algorithm.${value}`) }))}
            value={form.keyAlgorithm}
            onChange={(keyAlgorithm) => set({ keyAlgorithm })}
          />
          <TextInput
            label={t('field.validity')}
            placeholder={t('ruling.durationHint')}
            value={form.validity}
            onChange={(event) => set({ validity: event.currentTarget.value })}
          />
        </Group>
        <Textarea
          label={t('ruling.testCsr')}
          autosize
          minRows={2}
          maxRows={6}
          classNames={{ input: 'mono' }}
          value={form.csr}
          onChange={(event) => set({ csr: event.currentTarget.value })}
        />
        <ProblemNotice error={error} />
        {data && (
          <div aria-live="polite">
            <Alert color={data.permitted ? 'green' : 'red'} mb="xs">
              {t(data.permitted ? 'ruling.permitted' : 'ruling.refused')}
            </Alert>
            <Table>
              <Table.Tbody>
                {data.checks.map(({ path, rule, message, passed }) => (
                  <Table.Tr key={`${path.join('.')} ${rule} ${message}`}>
                    <Table.Td w={100}>
                      <Badge tone={passed ? 'good' : 'bad'}>
                        {t(passed ? 'ruling.passed' : 'ruling.failed')}
                      </Badge>
                    </Table.Td>
                    <Table.Td>{message}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Stack>
    </Dialog>
  );
}
