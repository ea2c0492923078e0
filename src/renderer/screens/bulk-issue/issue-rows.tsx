/** Checks every row of the file, then issues: both are jobs that can be stopped. */
import { Button, Card, Checkbox, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/operations/jobs.ts';
import { useAction } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { JobView } from '../jobs/job-view.tsx';
import { useJob } from '../jobs/use-job.ts';

interface IssueRowsProps {
  readonly rows: number;
  readonly disabled: boolean;
  /** Whether any row needs a key made here. */
  readonly generatesKeys: boolean;
  readonly profile: { readonly id: string; readonly realm: string };
  readonly text: () => string;
  /** What the file calls what becomes this. */
  readonly nameOfColumn: (column: string) => string;
  /** The certificates are being issued: what they come from stays as it is. */
  readonly onStarted: () => void;
}

function Verdict({ job, rows }: { readonly job: Job; readonly rows: number }) {
  const { t, i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language);
  const fine = job.done - job.failed;
  return (
    <Group gap="xs">
      <Badge tone={fine > 0 ? 'good' : 'quiet'} icon={IconCircleCheck}>
        {t('bulk.fine', { count: fine, formatted: format.format(fine) })}
      </Badge>
      {job.problemCount === 0 ? null : (
        <Badge tone="warn" icon={IconCircleX}>
          {t('bulk.bad', { count: job.problemCount, formatted: format.format(job.problemCount) })}
        </Badge>
      )}
      {fine < rows && job.problemCount === 0 ? <Text size="sm">{t('jobs.state.cancelled')}</Text> : null}
    </Group>
  );
}

export function IssueRows({ rows, disabled, generatesKeys, profile, text, ...props }: IssueRowsProps) {
  const { nameOfColumn, onStarted } = props;
  const { t, i18n } = useTranslation();
  const [skipInvalid, setSkipInvalid] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const check = useAction('certificates.issue-bulk', ['jobs.list']);
  const issue = useAction('certificates.issue-bulk', ['jobs.list']);
  const { job: looked } = useJob(check.data?.id ?? null);
  const { job: issued } = useJob(issue.data?.id ?? null);
  const format = new Intl.NumberFormat(i18n.language);
  const asked = () => ({ csv: text(), profile: profile.id, realm: profile.realm });
  const isChecked = looked?.state === 'done';
  const fine = looked === undefined ? 0 : looked.done - looked.failed;
  const isClean = isChecked && looked.problemCount === 0;
  const canIssue = isChecked && fine > 0 && (isClean || skipInvalid);
  const problem = formProblem(issue.error, ['passphrase']);
  if (issue.data !== undefined) {
    return (
      <Card component="section" aria-label={t('bulk.running')}>
        <Title order={2} mb="sm">
          {t('bulk.running')}
        </Title>
        {issued === undefined ? null : (
          <JobView job={issued} label={t('bulk.running')} isOfFile nameOfColumn={nameOfColumn} />
        )}
      </Card>
    );
  }
  return (
    <Card component="section" aria-label={t('bulk.checked')}>
      <Stack>
        <Group justify="space-between">
          <div>
            <Title order={2}>{t('bulk.checked')}</Title>
            <Text size="sm" c="dimmed">
              {t('bulk.checkText')}
            </Text>
          </div>
          <Button
            variant={isChecked ? 'default' : 'filled'}
            disabled={disabled}
            loading={check.isPending || looked?.state === 'running'}
            onClick={() => check.mutate({ ...asked(), dryRun: true })}
          >
            {t('bulk.check')}
          </Button>
        </Group>
        <ProblemNotice error={check.error} />
        {looked === undefined ? null : (
          <JobView job={looked} label={t('bulk.checked')} isOfFile nameOfColumn={nameOfColumn} />
        )}
        {isChecked ? <Verdict job={looked} rows={rows} /> : null}
        {isChecked && !isClean && fine > 0 ? (
          <Checkbox
            label={t('bulk.skipInvalid')}
            checked={skipInvalid}
            onChange={(event) => setSkipInvalid(event.currentTarget.checked)}
          />
        ) : null}
        {isChecked && fine > 0 && generatesKeys ? (
          <PasswordInput
            label={t('bulk.keys')}
            description={t('bulk.keysText')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="new-password"
            maxLength={1024}
            visibilityToggleButtonProps={{ 'aria-label': t('action.showPassword') }}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            error={problem.errors.passphrase}
          />
        ) : null}
        <ProblemNotice error={issue.error} shownAtFields={problem.shown} />
        {isChecked && fine > 0 ? (
          <Group justify="flex-end">
            <Button
              disabled={!canIssue}
              loading={issue.isPending}
              onClick={() =>
                issue.mutate(
                  { ...asked(), skipInvalid, ...(passphrase === '' ? {} : { passphrase }) },
                  { onSuccess: onStarted },
                )
              }
            >
              {t('bulk.issue', { count: fine, formatted: format.format(fine) })}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Card>
  );
}
