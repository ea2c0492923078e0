/** Text for machines (PEM, a command line) with its copy button. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import styles from './pem-block.module.css';

interface PemBlockProps {
  readonly title: string;
  readonly text: string;
  /** Breaks long lines instead of scrolling. */
  readonly wrap?: boolean;
  readonly actions?: ReactNode;
}

export function PemBlock({ title, text, wrap = false, actions }: PemBlockProps) {
  return (
    <div className={styles.block}>
      <div className={styles.bar}>
        <Text size="xs" fw={550} c="dimmed">
          {title}
        </Text>
        <div style={{ display: 'flex', gap: 6 }}>
          {actions}
          <CopyButton value={text} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section tabIndex={0} aria-label={title} className={styles.scroll}>
        <pre className={`mono ${styles.text} ${wrap ? styles.wrap : ''}`}>{text}</pre>
      </section>
    </div>
  );
}
