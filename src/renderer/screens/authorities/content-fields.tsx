/** The advanced part of the forms of authorities, folded until somebody wants it. */
import { Accordion, NumberInput, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContentForm, ReadContent } from './content-form.ts';

interface ContentFieldsProps {
  readonly values: ContentForm;
  readonly onChange: (values: ContentForm) => void;
  readonly unreadable: ReadContent['unreadable'];
  /** What was refused, by the names of the operation's fields. */
  readonly errors: Readonly<Record<string, string>>;
}

type TextField =
  | 'permittedNames'
  | 'excludedNames'
  | 'certificatePolicies'
  | 'policyMappings'
  | 'customExtensions';
type NumberField = 'requireExplicitPolicy' | 'inhibitPolicyMapping' | 'inhibitAnyPolicy';

export function ContentFields({ values, onChange, unreadable, errors }: ContentFieldsProps) {
  const { t } = useTranslation();
  const set = (field: keyof ContentForm) => (value: string | number) =>
    onChange({ ...values, [field]: value });
  const errorOf = (field: keyof ContentForm) => {
    const line = unreadable[field];
    return line === undefined ? errors[field] : t('lifecycle.unreadable', { line });
  };
  const textarea = (field: TextField, label: string, placeholder: string, description?: string) => (
    <Textarea
      label={label}
      description={description}
      placeholder={placeholder}
      autosize
      minRows={2}
      maxRows={8}
      classNames={{ input: 'mono' }}
      value={values[field]}
      onChange={({ currentTarget }) => set(field)(currentTarget.value)}
      error={errorOf(field)}
    />
  );
  const number = (field: NumberField, label: string) => (
    <NumberInput
      label={label}
      min={0}
      max={255}
      allowDecimal={false}
      hideControls
      value={values[field]}
      onChange={set(field)}
      error={errorOf(field) ?? errors.policyConstraints}
    />
  );
  const date = (field: 'notBefore' | 'notAfter', label: string) => (
    <TextInput
      type="date"
      label={label}
      value={values[field]}
      onChange={({ currentTarget }) => set(field)(currentTarget.value)}
      error={errors[field]}
    />
  );
  return (
    <Accordion variant="separated">
      <Accordion.Item value="advanced">
        <Accordion.Control>
          {t('lifecycle.advanced')}
          <Text size="xs" c="dimmed">
            {t('lifecycle.advancedText')}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            {textarea(
              'permittedNames',
              t('lifecycle.permitted'),
              'dns:example.com',
              t('lifecycle.permittedText'),
            )}
            {textarea('excludedNames', t('lifecycle.excluded'), 'dns:secret.example.com')}
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <NumberInput
                label={t('lifecycle.pathLength')}
                min={0}
                max={10}
                allowDecimal={false}
                hideControls
                value={values.pathLength}
                onChange={set('pathLength')}
                error={errors.pathLength}
              />
              {date('notBefore', t('lifecycle.notBefore'))}
              {date('notAfter', t('lifecycle.notAfter'))}
            </SimpleGrid>
            {textarea(
              'certificatePolicies',
              t('lifecycle.policies'),
              '1.3.6.1.4.1.55555.1 https://pki.example.com/cps',
              t('lifecycle.policiesText'),
            )}
            {textarea(
              'policyMappings',
              t('lifecycle.mappings'),
              '1.3.6.1.4.1.55555.1 = 1.3.6.1.4.1.99999.1',
              t('lifecycle.mappingsText'),
            )}
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              {number('requireExplicitPolicy', t('lifecycle.requireExplicit'))}
              {number('inhibitPolicyMapping', t('lifecycle.inhibitMapping'))}
              {number('inhibitAnyPolicy', t('lifecycle.inhibitAny'))}
            </SimpleGrid>
            <TextInput
              label={t('lifecycle.repository')}
              placeholder="http://pki.example.com/ca.p7c"
              value={values.subjectInfoAccess}
              onChange={({ currentTarget }) => set('subjectInfoAccess')(currentTarget.value)}
              error={errors.subjectInfoAccess}
            />
            {textarea(
              'customExtensions',
              t('lifecycle.custom'),
              '1.3.6.1.4.1.55555.9 0C0568656C6C6F',
              t('lifecycle.customText'),
            )}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
