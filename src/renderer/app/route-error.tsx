/** A screen that failed to load or to draw: the shell stays. A new try loads the page anew, for a part that failed once is kept. */
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../components/page.tsx';
import { ProblemNotice } from '../components/problem-notice.tsx';

export function RouteError({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('error.INTERNAL')}>
      <ProblemNotice error={error} onRetry={() => window.location.reload()} />
    </Page>
  );
}
