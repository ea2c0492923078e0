/** Step 2, keychain only: the recovery key, shown once and asked back before anything depends on it. */
import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import styles from './entry.module.css';

interface RecoveryKeyProps {
  readonly recoveryKey: string;
  readonly onConfirmed: () => void;
}

export function RecoveryKey({ recoveryKey, onConfirmed }: RecoveryKeyProps) {
  const { t } = useTranslation();
  const confirm = useAction('vault.confirm-recovery');
  const [typed, setTyped] = useState('');
  const [isAsking, setAsking] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ recoveryKey: typed.trim() }, { onSuccess: onConfirmed });
      }}
    >
      <Stack>
        <div>
          <Title order={1} size="h1">
            {isAsking ? t('firstRun.recovery.askTitle') : t('firstRun.recovery.title')}
          </Title>
          <Text size="md" c="dimmed" mt={4}>
            {isAsking ? t('firstRun.recovery.askText') : t('firstRun.recovery.text')}
          </Text>
        </div>
        {isAsking ? (
          <>
            <ProblemNotice error={confirm.error} />
            <TextInput
              label={t('unlock.recoveryKey')}
              value={typed}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              classNames={{ input: 'mono' }}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Group justify="space-between" className="no-print">
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('firstRun.recovery.again')}
              </Button>
              <Button type="submit" disabled={typed.trim() === ''} loading={confirm.isPending}>
                {t('firstRun.recovery.confirm')}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <div className={`mono ${styles.key}`}>{recoveryKey}</div>
            <Group justify="center" gap="xs" className="no-print">
              <CopyButton value={recoveryKey} size="sm" />
              <Button
                variant="default"
                leftSection={<IconPrinter size={16} />}
                onClick={() => window.print()}
              >
                {t('firstRun.recovery.print')}
              </Button>
            </Group>
            <Alert color="yellow" variant="light">
              {t('firstRun.recovery.warning')}
            </Alert>
            <Button className="no-print" onClick={() => setAsking(true)}>
              {t('firstRun.recovery.kept')}
            </Button>
          </>
        )}
      </Stack>
    </form>
  );
}
