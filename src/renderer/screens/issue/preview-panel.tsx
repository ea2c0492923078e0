/** What would be signed, before it is: what the policy and the rules say, and the certificate as far as it is known. */
import { Card, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificatePreview } from '../../../shared/operations/certificates.ts';
import { Badge } from '../../components/badge.tsx';
import { FindingsList } from '../inspect/findings-list.tsx';
import { ViewSections } from '../inspect/view-sections.tsx';

interface PreviewPanelProps {
  readonly preview: CertificatePreview;
  /** The form is not any more what was looked at. */
  readonly isStale: boolean;
}

export function PreviewPanel({ preview, isStale }: PreviewPanelProps) {
  const { t } = useTranslation();
  const { ok, violations, findings, sections } = preview;
  const isSpotless = ok && findings.length === 0;
  const [tone, icon, words] = isSpotless
    ? (['good', IconCircleCheck, 'preview.ok'] as const)
    : ok
      ? (['warn', IconAlertTriangle, 'preview.withFindings'] as const)
      : (['bad', IconCircleX, 'preview.notOk'] as const);
  return (
    <Card component="section" aria-label={t('preview.title')} bg="var(--ch-sunken)">
      <Stack gap="sm" style={isStale ? { opacity: 0.75 } : undefined}>
        <Title order={3}>{t('preview.title')}</Title>
        <div role="status">
          <Badge tone={tone} icon={icon}>
            {t(words)}
          </Badge>
          {isStale ? (
            <Text size="xs" mt={6}>
              {t('preview.stale')}
            </Text>
          ) : null}
        </div>
        {violations.length === 0 ? null : (
          <List size="sm" spacing={4}>
            {violations.map(({ path, rule, message }) => (
              <List.Item key={`${rule} ${path.join('.')} ${message}`}>
                {message}
                <Text size="xs" c="dimmed">
                  {t('preview.policy')} · <span className="mono">{rule}</span>
                </Text>
              </List.Item>
            ))}
          </List>
        )}
        {findings.length === 0 ? null : <FindingsList findings={findings} />}
        <ViewSections sections={sections} />
      </Stack>
    </Card>
  );
}
