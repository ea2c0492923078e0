/** The certificates of one end entity, the newest first. */
import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperationPages } from '../../client/queries.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { certificateColumns } from '../certificates/certificate-columns.tsx';

export function EndEntityCertificates({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useOperationPages('certificates.list', { endEntityId: id, limit: 100 });
  // The service sorts, and here there is one order.
  const columns = useMemo(
    () =>
      certificateColumns(t).map((one) => ({
        ...one,
        definition: { ...one.definition, enableSorting: false },
      })),
    [t],
  );
  if (list.error !== null) return <ProblemNotice error={list.error} onRetry={() => void list.retry()} />;
  if (!list.isLoading && list.total === 0) return <Text c="dimmed">{t('entities.noCertificates')}</Text>;
  return (
    <div style={{ display: 'grid', gridTemplateRows: 'minmax(0, auto)', maxHeight: 520 }}>
      <DataTable
        label={t('entities.certificates')}
        columns={columns}
        rows={list.items}
        rowId={(row) => row.id}
        minWidthPx={660}
        onOpen={({ id: certificate }) =>
          void navigate({ to: '/certificates/$id', params: { id: certificate } })
        }
        {...list}
      />
    </div>
  );
}
