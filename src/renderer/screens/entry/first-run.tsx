/** The first run: choose the vault, keep the recovery key, then fill the office. Steps cannot be skipped back. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../shared/operations/index.ts';
import { ChooseVault } from './choose-vault.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { setRunningFirstRun } from './first-run-state.ts';
import { RecoveryKey } from './recovery-key.tsx';
import { StartWith } from './start-with.tsx';

export function FirstRun({ vault }: { readonly vault: Output<'vault.show'> }) {
  const { t } = useTranslation();
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const step = vault.state === 'uninitialised' ? 1 : recoveryKey === null ? 3 : 2;
  return (
    <EntryFrame
      wide
      title={t('firstRun.title')}
      steps={{ at: step, of: 3, label: t('firstRun.step', { at: step, of: 3 }) }}
    >
      {step === 1 ? <ChooseVault vault={vault} onCreated={(key) => setRecoveryKey(key ?? null)} /> : null}
      {recoveryKey !== null && step === 2 ? (
        <RecoveryKey recoveryKey={recoveryKey} onConfirmed={() => setRecoveryKey(null)} />
      ) : null}
      {step === 3 ? <StartWith onDone={() => setRunningFirstRun(false)} /> : null}
    </EntryFrame>
  );
}
