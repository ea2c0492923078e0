/** What an import has come to: how many came in, and of each file that did not, why. */
import { Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconEqual } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportSummary } from '../../../shared/operations/certificates-import.ts';
import { Badge } from '../../components/badge.tsx';
import { ButtonLink } from '../../components/links.tsx';

/** Refusals that are listed; a folder may be full of other things. */
const shownRefusals = 500;

export function ImportSummaryView({
  summary,
  files,
}: {
  readonly summary: ImportSummary;
  readonly files: number;
}) {
  const { t } = useTranslation();
  const { dryRun, imported, known, refused } = summary;
  return (
    <Card component="section" aria-label={t('importing.summary')}>
      <Stack gap="md">
        <Group justify="space-between">
          <div>
            <Title order={2}>{t(dryRun ? 'importing.wouldBe' : 'importing.done')}</Title>
            <Text size="sm" c="dimmed">
              {t('importing.files', { count: files })}
            </Text>
          </div>
          {imported > 0 && !dryRun ? (
            <ButtonLink variant="default" to="/certificates" search={{ origin: 'imported' }}>
              {t('importing.show')}
            </ButtonLink>
          ) : null}
        </Group>
        <Group gap="xs">
          <Badge tone={imported > 0 ? 'good' : 'quiet'} icon={IconCircleCheck}>
            {t('importing.imported', { count: imported })}
          </Badge>
          <Badge tone="quiet" icon={IconEqual}>
            {t('importing.known', { count: known })}
          </Badge>
          <Badge tone={refused.length > 0 ? 'warn' : 'quiet'} icon={IconCircleX}>
            {t('importing.refused', { count: refused.length })}
          </Badge>
        </Group>
        {refused.length === 0 ? null : (
          <Table aria-label={t('importing.refusals')} verticalSpacing={8} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('importing.file')}</Table.Th>
                <Table.Th>{t('field.reason')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {refused.slice(0, shownRefusals).map(({ file, reason }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file may be refused twice, and the list never changes.
                <Table.Tr key={index}>
                  <Table.Td className="mono" style={{ overflowWrap: 'anywhere' }}>
                    {file}
                  </Table.Td>
                  <Table.Td>{reason}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {refused.length > shownRefusals ? (
          <Text size="sm" c="dimmed">
            {t('importing.moreRefused', { count: refused.length - shownRefusals })}
          </Text>
        ) : null}
      </Stack>
    </Card>
  );
}
