/** The alternative names: a type and a value in each row. */
import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type SubjectAltName, subjectAltNameTypes } from '../../../shared/model/names.ts';
import type { IssueForm } from './issue-form.ts';

const examples: Record<SubjectAltName['type'], string> = {
  dns: 'app.example.com',
  ip: '192.0.2.10',
  email: 'ada@example.com',
  uri: 'https://example.com/app',
  upn: 'ada@corp.example.com',
  otherName: 'SN-0042',
};

export function NamesEditor({ form }: { readonly form: UseFormReturnType<IssueForm> }) {
  const { t } = useTranslation();
  const { subjectAltNames: names } = form.values;
  return (
    <Fieldset variant="unstyled" legend={<Text fw={570}>{t('field.subjectAltNames')}</Text>}>
      <Stack gap="xs">
        {names.map(({ type }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; the form keeps the values
          <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
            <Select
              w={120}
              aria-label={t('issue.nameType', { number: index + 1 })}
              data={subjectAltNameTypes.map((value) => ({ value, label: t(`san.${value}`) }))}
              {...form.getInputProps(`subjectAltNames.${index}.type`)}
            />
            {type === 'otherName' && (
              <TextInput
                w={190}
                aria-label={t('issue.nameOid', { number: index + 1 })}
                placeholder="1.3.6.1.4.1.55555.1"
                classNames={{ input: 'mono' }}
                {...form.getInputProps(`subjectAltNames.${index}.oid`)}
              />
            )}
            <TextInput
              style={{ flex: 1 }}
              aria-label={t('issue.nameValue', { number: index + 1 })}
              placeholder={examples[type]}
              classNames={{ input: 'mono' }}
              {...form.getInputProps(`subjectAltNames.${index}.value`)}
            />
            <ActionIcon
              size={36}
              variant="subtle"
              color="gray"
              aria-label={t('issue.removeName', { number: index + 1 })}
              onClick={() => form.removeListItem('subjectAltNames', index)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            disabled={names.length >= 100}
            onClick={() =>
              form.insertListItem('subjectAltNames', { type: names.at(-1)?.type ?? 'dns', value: '' })
            }
          >
            {t('issue.addName')}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
