/** Nothing here yet: says what would be here and offers the button that brings the first one. */
import { Text } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export function EmptyState({ icon: Mark, title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <div className={styles.icon}>
        <Mark size={24} stroke={1.6} aria-hidden="true" />
      </div>
      <Text component="h2" fw={620} size="lg">
        {title}
      </Text>
      <Text c="dimmed" size="md" maw={460} mt={4}>
        {children}
      </Text>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
