/** Whether a chain up to one of our own roots is valid, and where it breaks. */
import { List, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Verification } from '../../../shared/operations/inspect.ts';
import { Badge } from '../../components/badge.tsx';

export function VerdictView({ verdict }: { readonly verdict: Verification }) {
  const { t } = useTranslation();
  const { ok, path, failures } = verdict;
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h3">
        {t('inspect.chain')}
      </Title>
      <div>
        <Badge tone={ok ? 'good' : 'bad'} icon={ok ? IconCircleCheck : IconCircleX}>
          {t(ok ? 'inspect.valid' : 'inspect.notValid')}
        </Badge>
      </div>
      <List type="ordered" size="sm">
        {path.map(({ subject, sha256Fingerprint }, index) => (
          <List.Item key={sha256Fingerprint} style={{ overflowWrap: 'anywhere' }}>
            {subject === '' ? t('inspect.noSubject') : subject}
            {failures
              .filter(({ certificateIndex }) => certificateIndex === index)
              .map(({ rule, message, section }) => (
                <Text key={`${rule} ${message}`} size="sm">
                  {message} <span className="mono">{rule}</span> ({section})
                </Text>
              ))}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
