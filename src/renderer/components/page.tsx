/** A screen's frame: the one h1, what the screen is for, its main actions, then the content. */
import { Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  /** Beside the title, e.g. a badge. */
  readonly badge?: ReactNode;
  /** Above the title, e.g. the way back. */
  readonly above?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** The content takes the rest of the window's height and scrolls by itself. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** Whether a navigation has happened; the first screen leaves the focus at the document's start. */
let navigated = false;

export function Page({ title, badge, above, description, actions, fill = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Chancery`;
  }, [title]);
  useEffect(() => {
    if (navigated) heading.current?.focus({ preventScroll: true });
    navigated = true;
  }, []);
  return (
    <div className={fill ? `${styles.page} ${styles.fill}` : styles.page}>
      {above}
      <header className={styles.header}>
        <div className={styles.words}>
          <Title order={1} ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {badge === undefined ? null : <div style={{ marginTop: 6 }}>{badge}</div>}
          {description === undefined ? null : (
            <Text c="dimmed" size="md" className={styles.description}>
              {description}
            </Text>
          )}
        </div>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
