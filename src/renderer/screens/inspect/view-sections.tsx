/** Sections of fields as the service tells them, in the words of the standards. */
import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ViewSection } from '../../../shared/operations/inspect.ts';
import { FieldList } from '../../components/field-list.tsx';

export function ViewSections({ sections }: { readonly sections: readonly ViewSection[] }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      {sections
        .filter(({ fields }) => fields.length > 0)
        .map(({ name, fields }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sections may have the same name, and never move.
          <div key={index}>
            <Title order={3} size="h3" mb={6}>
              {name}
            </Title>
            <FieldList
              fields={fields.map((field) => ({
                label: field.critical === true ? `${field.name} (${t('inspect.critical')})` : field.name,
                value: field.value,
                mono: /^[0-9A-F:]{16,}$/.test(field.value),
              }))}
            />
          </div>
        ))}
    </Stack>
  );
}
