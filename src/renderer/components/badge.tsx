/** A word with a tone; what the tone says is always in the word and the icon too. */
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './badge.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

interface BadgeProps {
  readonly tone: Tone;
  readonly icon?: Icon;
  /** What is as long as its writer likes breaks into lines, rather than run over the edge. */
  readonly wraps?: boolean;
  readonly children: ReactNode;
}

export function Badge({ tone, icon: Mark, wraps = false, children }: BadgeProps) {
  const toned = tone === 'quiet' ? '' : styles[tone];
  return (
    <span
      className={`${styles.badge} ${toned} ${Mark === undefined ? styles.plain : ''} ${wraps ? styles.wraps : ''}`}
    >
      {Mark === undefined ? null : <Mark size={14} stroke={2} aria-hidden="true" />}
      {children}
    </span>
  );
}
