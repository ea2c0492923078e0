import { Accordion, Group, PasswordInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProviderFieldsProps } from './oidc-fields.tsx';

/** Where a directory is, and how accounts are found in it. */
export function LdapFields({ input, hasSecret }: ProviderFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('outside.url')}
        description={t('outside.ldapUrlText')}
        placeholder="ldaps://directory.example.com"
        required
        {...input('url')}
      />
      <Group grow align="flex-start">
        <TextInput
          label={t('outside.bindDn')}
          placeholder="cn=chancery,dc=example,dc=com"
          {...input('bindDn')}
        />
        <PasswordInput
          label={t('outside.bindPassword')}
          autoComplete="off"
          description={hasSecret ? t('outside.secretKept') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
          {...input('secret')}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label={t('outside.baseDn')}
          placeholder="ou=people,dc=example,dc=com"
          required
          {...input('baseDn')}
        />
        <TextInput
          label={t('outside.domains')}
          description={t('outside.domainsText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="EXAMPLE example.com"
          {...input('domains')}
        />
      </Group>
      <TextInput
        label={t('outside.userFilter')}
        classNames={{ input: 'mono' }}
        required
        {...input('userFilter')}
      />
      <Accordion variant="contained" chevronPosition="left">
        <Accordion.Item value="more">
          <Accordion.Control>{t('outside.more')}</Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <TextInput
                label={t('outside.groupBaseDn')}
                description={t('outside.groupBaseDnText')}
                {...input('groupBaseDn')}
              />
              <Textarea
                label={t('outside.ca')}
                description={t('outside.caText')}
                classNames={{ input: 'mono' }}
                autosize
                minRows={3}
                maxRows={8}
                {...input('ca')}
              />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  );
}
