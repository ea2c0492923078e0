/** The service does not answer at all. */
import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../client/api-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { EntryFrame } from './entry-frame.tsx';

export function Unreachable({
  error,
  onRetry,
}: {
  readonly error: ApiProblem;
  readonly onRetry: () => void;
}) {
  const { t } = useTranslation();
  return (
    <EntryFrame title={t('entry.unreachable')}>
      <Stack>
        <Title order={1}>{t('entry.unreachable')}</Title>
        <ProblemNotice error={error} onRetry={onRetry} />
      </Stack>
    </EntryFrame>
  );
}
