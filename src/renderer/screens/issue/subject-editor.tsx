/** The subject: the common name first, the rest when it is asked for. */
import { Anchor, Fieldset, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type IssueForm, subjectFields } from './issue-form.ts';

interface SubjectEditorProps {
  readonly form: UseFormReturnType<IssueForm>;
  /** A request has a subject of its own; what is typed here replaces it. */
  readonly optional: boolean;
}

export function SubjectEditor({ form, optional }: SubjectEditorProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const others = subjectFields.filter((field) => field !== 'commonName');
  const isOpen = asked || others.some((field) => form.errors[`subject.${field}`] !== undefined);
  return (
    <Fieldset variant="unstyled" legend={<Text fw={570}>{t('field.subject')}</Text>}>
      {optional ? (
        <Text size="xs" c="dimmed" mb="xs">
          {t('issue.replaces')}
        </Text>
      ) : null}
      <TextInput
        label={t('subject.commonName')}
        placeholder={optional ? t('issue.fromRequest') : 'app.example.com'}
        maxLength={64}
        {...form.getInputProps('subject.commonName')}
      />
      {isOpen ? (
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm" verticalSpacing="sm">
          {others.map((field) => (
            <TextInput
              key={field}
              label={t(`subject.${field}`)}
              maxLength={field === 'country' ? 2 : 255}
              {...form.getInputProps(`subject.${field}`)}
            />
          ))}
        </SimpleGrid>
      ) : (
        <Anchor component="button" type="button" size="sm" mt={8} onClick={() => setAsked(true)}>
          {t('issue.moreSubject')}
        </Anchor>
      )}
    </Fieldset>
  );
}
