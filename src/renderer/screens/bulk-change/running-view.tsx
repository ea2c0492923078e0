/** The change under way, and what came of it; it goes on when the dialog is closed. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../components/links.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { JobView } from '../jobs/job-view.tsx';
import { useJob } from '../jobs/use-job.ts';

interface RunningViewProps {
  readonly jobId: string;
  readonly label: string;
  readonly onClose: () => void;
}

export function RunningView({ jobId, label, onClose }: RunningViewProps) {
  const { t } = useTranslation();
  const { job, error } = useJob(jobId);
  const isRunning = job === undefined || job.state === 'running';
  return (
    <Stack>
      <ProblemNotice error={error} />
      {job === undefined ? null : <JobView job={job} label={label} isOfFile={false} />}
      {isRunning ? (
        <Text size="sm" c="dimmed">
          {t('bulk.background')}
        </Text>
      ) : null}
      <Group justify="flex-end" gap="xs">
        <ButtonLink to="/jobs" variant="default" onClick={onClose}>
          {t('screen.jobs')}
        </ButtonLink>
        <Button onClick={onClose}>{t(isRunning ? 'action.close' : 'action.done')}</Button>
      </Group>
    </Stack>
  );
}
