/** Step 1: where the key over all keys is kept, with what each choice means told plainly. */
import { Alert, Button, Group, Radio, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../shared/operations/index.ts';
import { vaultMethods } from '../../../shared/operations/vault.ts';
import { useAction } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import styles from './entry.module.css';
import { setRunningFirstRun } from './first-run-state.ts';
import { NewPassphrase } from './new-passphrase.tsx';

type Method = (typeof vaultMethods)[number];
const leastLength = 8;

interface ChooseVaultProps {
  readonly vault: Output<'vault.show'>;
  readonly onCreated: (recoveryKey: string | undefined) => void;
}

export function ChooseVault({ vault, onCreated }: ChooseVaultProps) {
  const { t } = useTranslation();
  const [method, setMethod] = useState<Method>(vault.keychainAvailable ? 'keychain' : 'passphrase');
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const initialise = useAction('vault.initialise', ['vault.show', 'sessions.whoami']);
  const ready = method !== 'passphrase' || (passphrase.length >= leastLength && passphrase === repeated);
  const create = (): void => {
    initialise.mutate(method === 'passphrase' ? { vault: method, passphrase } : { vault: method }, {
      onSuccess: ({ recoveryKey }) => {
        setRunningFirstRun(true);
        onCreated(recoveryKey);
      },
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) create();
      }}
    >
      <Stack>
        <div>
          <Title order={1} size="h1">
            {t('firstRun.vault.title')}
          </Title>
          <Text size="md" c="dimmed" mt={4}>
            {t('firstRun.vault.text')}
          </Text>
        </div>
        <ProblemNotice error={initialise.error} />
        <Radio.Group
          value={method}
          onChange={(value) => setMethod(value as Method)}
          aria-label={t('firstRun.vault.title')}
        >
          <Stack gap="xs">
            {vaultMethods.map((one) => {
              const disabled = one === 'keychain' && !vault.keychainAvailable;
              return (
                <Radio.Card
                  key={one}
                  value={one}
                  disabled={disabled}
                  data-disabled={disabled || undefined}
                  className={styles.choice}
                  aria-labelledby={`vault-${one}`}
                  aria-describedby={`vault-${one}-text`}
                >
                  <Radio.Indicator mt={2} disabled={disabled} />
                  <div>
                    <Group gap={8}>
                      <Text fw={570} size="md" id={`vault-${one}`} {...(disabled ? { c: 'dimmed' } : {})}>
                        {t(`vault.${one}`)}
                      </Text>
                      {one === 'keychain' && !disabled ? (
                        <Badge tone="good">{t('firstRun.vault.recommended')}</Badge>
                      ) : null}
                    </Group>
                    <Text size="sm" c="dimmed" mt={2} id={`vault-${one}-text`}>
                      {disabled ? t('firstRun.vault.noKeychain') : t(`firstRun.vault.${one}`)}
                    </Text>
                  </div>
                </Radio.Card>
              );
            })}
          </Stack>
        </Radio.Group>
        {method === 'passphrase' ? (
          <NewPassphrase
            passphrase={passphrase}
            repeated={repeated}
            onPassphrase={setPassphrase}
            onRepeated={setRepeated}
          />
        ) : null}
        {method === 'file' ? (
          <Alert
            color="yellow"
            variant="light"
            icon={<IconAlertTriangle />}
            title={t('firstRun.vault.fileWarning')}
          >
            {t('firstRun.vault.fileWarningText')}
          </Alert>
        ) : null}
        <Button type="submit" disabled={!ready} loading={initialise.isPending}>
          {t('firstRun.vault.create')}
        </Button>
      </Stack>
    </form>
  );
}
