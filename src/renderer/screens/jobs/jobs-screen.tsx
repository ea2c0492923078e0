/** The person's own jobs, running and ended. */
import { Card, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/operations/jobs.ts';
import { useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { JobView } from './job-view.tsx';
import styles from './jobs.module.css';
import { useJobName } from './use-job-name.ts';

const refetchIntervalMs = 1000;
const isRunning = ({ state }: Pick<Job, 'state'>): boolean => state === 'running';

function JobCard({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const name = useJobName()(job);
  return (
    <Card component="li">
      <div className={styles.head}>
        <Title order={2}>
          {name} {job.dryRun ? <Badge tone="quiet">{t('jobs.dryRun')}</Badge> : null}
        </Title>
        <Text size="xs" c="dimmed" component="div">
          {job.endedAt === null ? t('jobs.started') : t('jobs.ended')}{' '}
          <Moment at={job.endedAt ?? job.startedAt} show="distance" />
        </Text>
      </div>
      <JobView job={job} label={name} isOfFile={job.kind === 'certificates.issue-bulk'} />
    </Card>
  );
}

export function JobsScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useOperation(
    'jobs.list',
    { limit: 100 },
    { refetchIntervalMs, refetchWhile: ({ items }) => items.some(isRunning) },
  );
  // What only looked has told what it found where it was asked.
  const jobs = data?.items.filter((job) => !job.dryRun || isRunning(job));
  return (
    <Page title={t('screen.jobs')} description={t('jobs.text')}>
      <ProblemNotice error={data === undefined ? error : null} onRetry={() => void refetch()} />
      {data === undefined && error === null ? <Skeleton height={160} /> : null}
      {jobs?.length === 0 ? (
        <EmptyState icon={IconListDetails} title={t('jobs.empty')}>
          {t('jobs.emptyText')}
        </EmptyState>
      ) : (
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          {jobs?.map((job) => (
            <JobCard key={job.id} job={job} />
          ))}
        </Stack>
      )}
    </Page>
  );
}
