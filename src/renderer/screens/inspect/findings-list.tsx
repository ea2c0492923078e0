/** What the rules found, the worst first, each with how to mend it. */
import { List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LintFinding } from '../../../shared/operations/inspect.ts';
import { Badge } from '../../components/badge.tsx';

const looks = {
  error: { tone: 'bad', icon: IconCircleX },
  warning: { tone: 'warn', icon: IconAlertTriangle },
  notice: { tone: 'info', icon: IconInfoCircle },
} as const;

export function FindingsList({ findings }: { readonly findings: readonly LintFinding[] }) {
  const { t } = useTranslation();
  if (findings.length === 0) {
    return (
      <div>
        <Badge tone="good" icon={IconCircleCheck}>
          {t('inspect.noFindings')}
        </Badge>
      </div>
    );
  }
  return (
    <List listStyleType="none" spacing="xs" size="sm">
      {findings.map(({ severity, rule, path, message, hint, source }) => (
        <List.Item key={`${rule} ${path.join('.')} ${message}`}>
          <Badge tone={looks[severity].tone} icon={looks[severity].icon}>
            {t(`inspect.severity.${severity}`)}
          </Badge>{' '}
          <span>{message}</span> <span>{hint}</span>
          <Text size="xs" c="dimmed">
            <span className="mono">{rule}</span> · {source}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
