/** A screen about one thing, as long as the thing is not there: a placeholder, or why it could not be read. */
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Page } from './page.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface PageOnItsWayProps {
  readonly title: string;
  /** The way back. */
  readonly above: ReactNode;
  /** Of the attempt to read it; null while that runs. */
  readonly error: Error | null;
  readonly onRetry: () => unknown;
}

export function PageOnItsWay({ title, above, error, onRetry }: PageOnItsWayProps) {
  return (
    <Page title={title} above={above}>
      {error === null ? (
        <Skeleton height={320} />
      ) : (
        <ProblemNotice error={error} onRetry={() => void onRetry()} />
      )}
    </Page>
  );
}
