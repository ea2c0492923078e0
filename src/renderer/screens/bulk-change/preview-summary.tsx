/** What a change of many would come to: how many would be changed, which not, and why. */
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../shared/operations/jobs.ts';
import { useAction } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { saveFile } from '../../components/save-file.ts';
import { JobProblems } from '../jobs/job-problems.tsx';

interface PreviewSummaryProps {
  readonly looked: Job | undefined;
  readonly words: 'bulk.willRevoke' | 'bulk.willRenew';
}

export function PreviewSummary({ looked, words }: PreviewSummaryProps) {
  const { t, i18n } = useTranslation();
  const list = useAction('jobs.result');
  const format = new Intl.NumberFormat(i18n.language);
  if (looked === undefined) {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">{t('bulk.looking')}</Text>
      </Group>
    );
  }
  const { id, done, failed } = looked;
  const possible = done - failed;
  return (
    <Stack gap="xs">
      <Group gap="xs" justify="space-between">
        <Group gap="xs" role="status">
          <Badge tone={possible > 0 ? 'good' : 'quiet'} icon={IconCircleCheck}>
            {possible === 0
              ? t('bulk.noneCan')
              : t(words, { count: possible, formatted: format.format(possible) })}
          </Badge>
          {failed === 0 ? null : (
            <Badge tone="warn" icon={IconCircleX}>
              {t('bulk.cannot', { count: failed, formatted: format.format(failed) })}
            </Badge>
          )}
        </Group>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconDownload size={14} />}
          loading={list.isPending}
          onClick={() => list.mutate({ id, format: 'csv' }, { onSuccess: saveFile })}
        >
          {t('bulk.saveList')}
        </Button>
      </Group>
      <JobProblems job={looked} isOfFile={false} />
    </Stack>
  );
}
