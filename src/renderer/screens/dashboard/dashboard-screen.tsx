/** What expires when, what waits for a decision, and what to do next. */
import { Button, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openDialog } from '../../app/global-dialog.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Counters } from './counters.tsx';
import styles from './dashboard.module.css';
import { ExpiryPicture } from './expiry-picture.tsx';
import { isNew } from './is-new.ts';
import { NextSteps } from './next-steps.tsx';
import { Waiting } from './waiting.tsx';

export function DashboardScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const {
    data: overview,
    error,
    refetch,
  } = useOperation('system.overview', {}, { refetchIntervalMs: 60_000 });
  const issue = may('certificates.issue') ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => openDialog('issue-certificate')}>
      {t('certificates.issue')}
    </Button>
  ) : undefined;

  return (
    <Page title={t('screen.dashboard')} actions={issue}>
      <ProblemNotice error={overview === undefined ? error : null} onRetry={() => void refetch()} />
      {overview === undefined ? (
        error === null && <Skeleton height={420} />
      ) : (
        <div className={styles.grid}>
          {isNew(overview) ? <NextSteps overview={overview} /> : null}
          <Counters overview={overview} />
          <div className={styles.expiry}>
            <ExpiryPicture buckets={overview.expiry} />
          </div>
          <div className={styles.waiting}>
            <Waiting overview={overview} />
          </div>
        </div>
      )}
    </Page>
  );
}
