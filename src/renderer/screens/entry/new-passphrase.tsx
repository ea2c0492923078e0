/** A new passphrase, typed twice, with an honest estimate of what it withstands. */
import { PasswordInput, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { passphraseStrength } from './passphrase-strength.ts';

interface NewPassphraseProps {
  readonly passphrase: string;
  readonly repeated: string;
  readonly onPassphrase: (value: string) => void;
  readonly onRepeated: (value: string) => void;
}

const colors = { weak: 'red', fair: 'yellow', strong: 'verdigris' } as const;

export function NewPassphrase({ passphrase, repeated, onPassphrase, onRepeated }: NewPassphraseProps) {
  const { t } = useTranslation();
  const { bits, grade } = passphraseStrength(passphrase);
  const toggle = { 'aria-label': t('action.showPassword') };
  return (
    <Stack gap="xs">
      <PasswordInput
        label={t('firstRun.passphrase')}
        description={t('firstRun.passphraseText')}
        autoComplete="new-password"
        value={passphrase}
        visibilityToggleButtonProps={toggle}
        onChange={(event) => onPassphrase(event.currentTarget.value)}
      />
      {passphrase === '' ? null : (
        <div role="status">
          <Progress
            value={Math.min(100, bits)}
            color={colors[grade]}
            size="xs"
            aria-label={t('firstRun.strength')}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t(`firstRun.grade.${grade}`)}
          </Text>
        </div>
      )}
      <PasswordInput
        label={t('firstRun.repeat')}
        autoComplete="new-password"
        value={repeated}
        error={repeated !== '' && repeated !== passphrase ? t('firstRun.different') : null}
        visibilityToggleButtonProps={toggle}
        onChange={(event) => onRepeated(event.currentTarget.value)}
      />
    </Stack>
  );
}
