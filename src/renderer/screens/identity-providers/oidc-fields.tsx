import { Accordion, Group, PasswordInput, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { PemBlock } from '../../components/pem-block.tsx';
import { isDesktop } from '../entry/use-arrival.ts';
import type { ProviderForm } from './provider-form.ts';

export interface ProviderFieldsProps {
  readonly input: (field: keyof ProviderForm) => GetInputPropsReturnType;
  readonly hasSecret: boolean;
}

/** What an OpenID Connect provider needs to know, and what is to be known of it. */
export function OidcFields({ input, hasSecret }: ProviderFieldsProps) {
  const { t } = useTranslation();
  const returnTo = isDesktop ? 'http://127.0.0.1/signed-in' : `${window.location.origin}/ui/signed-in`;
  return (
    <>
      <TextInput
        label={t('outside.issuer')}
        description={t('outside.issuerText')}
        placeholder="https://login.example.com"
        required
        {...input('issuer')}
      />
      <Group grow align="flex-start">
        <TextInput label={t('field.clientId')} required {...input('clientId')} />
        <PasswordInput
          label={t('outside.secret')}
          autoComplete="off"
          description={hasSecret ? t('outside.secretKept') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
          {...input('secret')}
        />
      </Group>
      <PemBlock
        wrap
        title={t(isDesktop ? 'outside.redirectUriDesktop' : 'outside.redirectUri')}
        text={returnTo}
      />
      <Switch
        label={t('outside.signIn')}
        {...input('signIn')}
        checked={input('signIn').value === true}
        value="signIn"
      />
      <TextInput
        label={t('outside.tokenAudience')}
        description={t('outside.tokenAudienceText')}
        {...input('tokenAudience')}
      />
      <Accordion variant="contained" chevronPosition="left">
        <Accordion.Item value="more">
          <Accordion.Control>{t('outside.more')}</Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <TextInput label={t('outside.scopes')} {...input('scopes')} />
              <TextInput label={t('outside.nameClaim')} {...input('nameClaim')} />
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
