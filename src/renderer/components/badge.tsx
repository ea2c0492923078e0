/** A word with a tone; what the tone says is always in the word and the icon too. */
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './badge.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

interface BadgeProps {
  readonly tone: Tone;
  readonly icon?: Icon;
  readonly children: ReactNode;
}

export function Badge({ tone, icon: Mark, children }: BadgeProps) {
  const toned = tone === 'quiet' ? '' : styles[tone];
  return (
    <span className={`${styles.badge} ${toned} ${Mark === undefined ? styles.plain : ''}`}>
      {Mark === undefined ? null : <Mark size={14} stroke={2} aria-hidden="true" />}
      {children}
    </span>
  );
}
