/** A screen that failed to load or to draw: the shell stays, and another try is one press away. */
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../components/page.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';

export function RouteError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('error.INTERNAL')}>
      <ProblemNotice error={error} onRetry={reset} />
    </Page>
  );
}
