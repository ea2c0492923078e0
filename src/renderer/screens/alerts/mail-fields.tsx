import { Group, NumberInput, PasswordInput, Select, TagsInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { smtpSecurities } from '../../../shared/operations/alert-destinations.ts';
import { type DestinationForm, usualPort } from './destination-form.ts';

interface MailFieldsProps {
  readonly form: UseFormReturnType<DestinationForm>;
  /** Messages by field. */
  readonly errors: Readonly<Record<string, string>>;
  readonly hasPassword: boolean;
}

/** Which server takes the mail, from whom, and to whom. */
export function MailFields({ form, errors, hasPassword }: MailFieldsProps) {
  const { t } = useTranslation();
  const input = (field: keyof DestinationForm) => ({ ...form.getInputProps(field), error: errors[field] });
  const { security, port } = form.values;
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          label={t('destinations.host')}
          placeholder="mail.example.com"
          required
          maxLength={253}
          {...input('host')}
        />
        <Select
          label={t('destinations.security')}
          allowDeselect={false}
          data={smtpSecurities.map((value) => ({ value, label: t(`destinations.securities.${value}`) }))}
          {...input('security')}
          onChange={(next: DestinationForm['security'] | null) => {
            if (next === null) return;
            // A port that somebody has chosen is left alone.
            if (port === usualPort[security]) form.setFieldValue('port', usualPort[next]);
            form.setFieldValue('security', next);
          }}
        />
        <NumberInput
          label={t('destinations.port')}
          required
          hideControls
          allowDecimal={false}
          min={1}
          max={65_535}
          {...input('port')}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label={t('destinations.username')}
          autoComplete="off"
          maxLength={254}
          {...input('username')}
        />
        <PasswordInput
          label={t('destinations.password')}
          autoComplete="new-password"
          description={hasPassword ? t('destinations.passwordKept') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
          {...input('password')}
        />
      </Group>
      <TextInput
        label={t('destinations.sender')}
        type="email"
        placeholder="chancery@example.com"
        required
        {...input('sender')}
      />
      <TagsInput
        label={t('destinations.recipients')}
        description={t('destinations.recipientsText')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={form.values.recipients.length === 0 ? 'pki@example.com' : ''}
        withAsterisk
        maxTags={20}
        splitChars={[',', ';', ' ']}
        {...input('recipients')}
      />
    </>
  );
}
