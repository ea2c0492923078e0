/** What a renewal changes from the certificate before it. */
import { Card, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { AnchorLink } from '../../components/links.tsx';
import { formatDate } from '../../components/time.ts';

interface PreviousCardProps {
  readonly previous: NonNullable<RequestDetail['previous']>;
}

export function PreviousCard({ previous }: PreviousCardProps) {
  const { t, i18n } = useTranslation();
  const { differences, serialNumber, notAfter, certificateId } = previous;
  const shown = (values: readonly string[]) =>
    values.length === 0 ? t('requests.nothing') : values.join(', ');
  return (
    <Card>
      <Title order={2} mb="xs">
        {t('requests.previous')}
      </Title>
      <Text size="sm" mb="sm">
        {t('requests.previousText', { serial: serialNumber, until: formatDate(notAfter, i18n.language) })}{' '}
        <AnchorLink to="/certificates/$id" params={{ id: certificateId }} size="sm">
          {t('requests.openCertificate')}
        </AnchorLink>
      </Text>
      {differences.length === 0 ? (
        <Text size="sm">{t('requests.noDifference')}</Text>
      ) : (
        <Table layout="fixed" style={{ overflowWrap: 'anywhere' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('requests.field')}</Table.Th>
              <Table.Th>{t('requests.before')}</Table.Th>
              <Table.Th>{t('requests.after')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ field, before, after }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">
                  {t(`requests.fields.${field}` as 'requests.fields.commonName')}
                </Table.Th>
                <Table.Td>{shown(before)}</Table.Td>
                <Table.Td>{shown(after)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  );
}
