/** What a line of the end entities table shows. */
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { EndEntity } from '../../../shared/operations/end-entities.ts';
import { Moment } from '../../components/moment.tsx';
import { type Columns, column } from '../../components/table-columns.ts';

function Few({ values }: { readonly values: readonly string[] }) {
  const [first] = values;
  if (first === undefined) return '–';
  return (
    <>
      {first}
      {values.length > 1 ? (
        <Text span size="xs" c="dimmed" ml={6}>
          +{values.length - 1}
        </Text>
      ) : null}
    </>
  );
}

export function endEntityColumns(t: TFunction): Columns<EndEntity> {
  return [
    column({
      id: 'commonName',
      header: t('field.name'),
      cell: (row) => (
        <Link to="/end-entities/$id" params={{ id: row.id }}>
          {row.commonName}
        </Link>
      ),
    }),
    column({
      id: 'organization',
      header: t('subject.organization'),
      sizePx: 180,
      cell: (row) => row.organization ?? '–',
    }),
    column({
      id: 'names',
      header: t('entities.domainNames'),
      sizePx: 220,
      fromWidthPx: 760,
      cell: (row) => <Few values={[...row.domainNames, ...row.ipAddresses, ...row.emailAddresses]} />,
    }),
    column({ id: 'realm', header: t('field.realm'), sizePx: 120, cell: (row) => row.realm }),
    column({
      id: 'createdAt',
      header: t('entities.created'),
      sizePx: 140,
      fromWidthPx: 640,
      cell: (row) => <Moment at={row.createdAt} show="date" />,
    }),
  ];
}
