/** A failure told in place: what, the detail, what to do, and what no field of the form has shown already. */
import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../client/api-problem.ts';

interface ProblemNoticeProps {
  readonly error: unknown;
  /** Messages of violations that stand at their fields; they are not repeated here. */
  readonly shownAtFields?: readonly string[];
  readonly onRetry?: (() => void) | undefined;
}

export function ProblemNotice({ error, shownAtFields = [], onRetry }: ProblemNoticeProps) {
  const { t } = useTranslation();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a long form the notice may stand out of sight of the button that was pressed.
    if (error !== null && error !== undefined) notice.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (error === null || error === undefined) return null;
  const problem = asProblem(error);
  const rest = problem.violations.filter(({ message }) => !shownAtFields.includes(message));
  // The detail of a refusal repeats its first violation.
  const isShown = shownAtFields.some((message) => problem.detail.startsWith(message));
  return (
    <Alert
      ref={notice}
      style={{ scrollMargin: '96px 0', flex: 'none' }}
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertCircle />}
      title={t(`error.${problem.code}`)}
    >
      {problem.detail === '' || isShown ? null : <Text size="sm">{problem.detail}</Text>}
      {rest.length === 0 ? null : (
        <List size="sm" mt={4}>
          {rest.map(({ message, path }) => (
            <List.Item key={`${path.join('.')} ${message}`}>
              {path.length === 0 ? null : <span className="mono">{path.join('.')}: </span>}
              {message}
            </List.Item>
          ))}
        </List>
      )}
      {problem.hint === undefined ? null : (
        <Text size="sm" mt={4} fw={550}>
          {problem.hint}
        </Text>
      )}
      {onRetry === undefined ? null : (
        <Button size="xs" variant="default" mt="sm" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </Alert>
  );
}
