/** The versions of a policy, each with what it changed. */
import { Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Policy } from '../../../shared/operations/policies.ts';
import { useOperation } from '../../client/queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { definitionDiff } from './definition-diff.ts';

export function PolicyVersions({
  policy,
  onClose,
}: {
  readonly policy: Policy;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { data, error } = useOperation('policies.versions', { id: policy.id });
  return (
    <Dialog title={`${policy.name}: ${t('ruling.versions')}`} onClose={onClose} size="xl">
      <Stack gap="lg">
        <ProblemNotice error={error} />
        {data === undefined && error === null ? <Skeleton height={120} /> : null}
        {data?.items.map((one, index) => {
          const former = data.items[index + 1];
          const changes = former ? definitionDiff(former.definition, one.definition) : [];
          return (
            <section key={one.version}>
              <Title order={3} size="h5">
                {t('ruling.versionBy', {
                  version: one.version,
                  who: one.changedBy === '' ? t('ruling.unknownPerson') : one.changedBy,
                })}
              </Title>
              <Text size="sm" c="dimmed">
                <Moment at={one.changedAt} />
              </Text>
              {changes.length === 0 ? (
                <Text size="sm">{former ? null : t('ruling.noDifference')}</Text>
              ) : (
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('ruling.place')}</Table.Th>
                      <Table.Th>{t('ruling.was')}</Table.Th>
                      <Table.Th>{t('ruling.is')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {changes.map(({ place, before, after }) => (
                      <Table.Tr key={place}>
                        <Table.Td>{place}</Table.Td>
                        <Table.Td className="mono">{before ?? '–'}</Table.Td>
                        <Table.Td className="mono">{after ?? '–'}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )}
            </section>
          );
        })}
      </Stack>
    </Dialog>
  );
}
