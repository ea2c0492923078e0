/** The calm page that all screens before the application share. */
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { LogoMark } from '../../components/logo.tsx';
import styles from './entry.module.css';

interface EntryFrameProps {
  /** For the window's title. */
  readonly title: string;
  readonly wide?: boolean;
  /** Done steps of all, where there are steps. */
  readonly steps?: { readonly at: number; readonly of: number; readonly label: string };
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

export function EntryFrame({ title, wide = false, steps, foot, children }: EntryFrameProps) {
  useEffect(() => {
    document.title = `${title} · Chancery`;
  }, [title]);
  return (
    <main className={styles.ground}>
      <div className={wide ? `${styles.column} ${styles.wide}` : styles.column}>
        <div className={styles.brand}>
          <LogoMark size={32} />
          Chancery
        </div>
        {steps === undefined ? null : (
          <ol className={styles.steps} aria-label={steps.label}>
            {Array.from({ length: steps.of }, (_, step) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is its number
                key={step}
                data-done={step < steps.at || undefined}
                aria-current={step === steps.at - 1 ? 'step' : undefined}
              />
            ))}
          </ol>
        )}
        <div className={styles.card}>{children}</div>
        {foot === undefined ? null : <div className={styles.foot}>{foot}</div>}
      </div>
    </main>
  );
}
