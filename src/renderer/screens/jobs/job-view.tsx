/** A job: how far it is, how it ended, what it has left, and how to stop it. */
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconDownload, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job, resultFormats } from '../../../shared/operations/jobs.ts';
import { useAction } from '../../client/queries.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { saveFile } from '../../components/save-file.ts';
import { JobBadge } from './job-badge.tsx';
import { JobProblems } from './job-problems.tsx';

interface JobViewProps {
  readonly job: Job;
  /** What it is called, for who does not see. */
  readonly label: string;
  /** Whether its problems are of rows of a file, which have lines and columns. */
  readonly isOfFile: boolean;
  /** What the file itself calls a column, where that is known. */
  readonly nameOfColumn?: (column: string) => string;
}

export function JobView({ job, label, isOfFile, nameOfColumn }: JobViewProps) {
  const { t, i18n } = useTranslation();
  const cancel = useAction('jobs.cancel', ['jobs.show', 'jobs.list']);
  const resume = useAction('jobs.resume', ['jobs.show', 'jobs.list']);
  const result = useAction('jobs.result');
  const format = new Intl.NumberFormat(i18n.language);
  const { id, state, done, total, failed } = job;
  const isRunning = state === 'running';
  const isUnfinished = state === 'interrupted' || state === 'cancelled' || state === 'failed';
  const save = (one: (typeof resultFormats)[number]): void =>
    result.mutate({ id, format: one }, { onSuccess: saveFile });
  return (
    <Stack gap="sm">
      <Group gap="sm" justify="space-between">
        <Group gap="xs">
          <JobBadge job={job} />
          <Text size="sm" role="status">
            {t('jobs.progress', { done: format.format(done), total: format.format(total) })}
            {failed === 0
              ? null
              : ` · ${t('jobs.failed', { count: failed, formatted: format.format(failed) })}`}
          </Text>
        </Group>
        <Group gap="xs">
          {isRunning ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlayerStop size={15} />}
              aria-label={t('jobs.cancelWhat', { name: label })}
              title={t('jobs.cancelText')}
              loading={cancel.isPending || job.isCancelling}
              onClick={() => cancel.mutate({ id })}
            >
              {t('jobs.cancel')}
            </Button>
          ) : null}
          {isUnfinished && !job.dryRun ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlayerPlay size={15} />}
              aria-label={t('jobs.resumeWhat', { name: label })}
              title={t('jobs.resumeText')}
              loading={resume.isPending}
              onClick={() => resume.mutate({ id })}
            >
              {t('jobs.resume')}
            </Button>
          ) : null}
          {job.results.map((one) => (
            <Button
              key={one}
              size="xs"
              variant="default"
              leftSection={<IconDownload size={15} />}
              loading={result.isPending && result.variables.format === one}
              onClick={() => save(one)}
            >
              {t(`jobs.${one}`)}
            </Button>
          ))}
        </Group>
      </Group>
      {isRunning ? (
        <Progress value={(100 * done) / Math.max(1, total)} aria-label={label} transitionDuration={200} />
      ) : null}
      {job.error === null ? null : (
        <Alert color="red" variant="light" role="alert">
          {job.error}
        </Alert>
      )}
      <ProblemNotice error={cancel.error ?? resume.error ?? result.error} />
      {isRunning ? null : <JobProblems job={job} isOfFile={isOfFile} nameOfColumn={nameOfColumn} />}
    </Stack>
  );
}
