/** Compares the fingerprint that the device shows with the one that came in, whatever the separators. */
import { TextInput } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../components/badge.tsx';
import { bareHex } from '../../components/hex.ts';
import styles from './pending.module.css';

export function CompareFingerprint({ expected }: { readonly expected: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const given = bareHex(typed);
  const same = given === bareHex(expected);
  return (
    <div className={styles.compare}>
      <TextInput
        label={t('pending.compare')}
        placeholder={t('pending.comparePlaceholder')}
        classNames={{ input: 'mono' }}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div role="status">
        {given === '' ? null : same ? (
          <Badge tone="good" icon={IconCircleCheck}>
            {t('pending.same')}
          </Badge>
        ) : (
          <Badge tone="bad" icon={IconCircleX}>
            {t('pending.different')}
          </Badge>
        )}
      </div>
    </div>
  );
}
