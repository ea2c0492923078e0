/** What a line of the certificates table shows. */
import { Text, Tooltip } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { CertificateSummary } from '../../../shared/model/certificate.ts';
import { Badge } from '../../components/badge.tsx';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { type Columns, column } from '../../components/table-columns.ts';

/** What people call it: its common name, else its first other name, else its subject. */
export function nameOfCertificate({ commonName, subject, subjectAltNames }: CertificateSummary): string {
  return commonName || subjectAltNames[0]?.value || subject;
}

function Name({ certificate }: { readonly certificate: CertificateSummary }) {
  const { id, subjectAltNames } = certificate;
  const name = nameOfCertificate(certificate);
  const others = subjectAltNames.map(({ value }) => value).filter((value) => value !== name);
  return (
    <>
      <Link to="/certificates/$id" params={{ id }}>
        {name}
      </Link>
      {others.length === 0 ? null : (
        <Text span size="xs" c="dimmed" ml={8}>
          {others[0]}
          {others.length > 1 ? ` +${others.length - 1}` : null}
        </Text>
      )}
    </>
  );
}

/** The common name in a name of RFC 4514, or all of it. */
function issuerName(issuer: string): string {
  return /(?:^|[,+])CN=((?:\\.|[^,+])+)/.exec(issuer)?.[1] ?? issuer;
}

/** The columns; their ids are the names that the service sorts by. */
export function certificateColumns(t: TFunction): Columns<CertificateSummary> {
  return [
    column({
      id: 'commonName',
      header: t('field.name'),
      sortable: true,
      cell: (row) => <Name certificate={row} />,
    }),
    column({ id: 'status', header: t('field.status'), sizePx: 124, cell: (row) => <StatusBadge {...row} /> }),
    column({
      id: 'notAfter',
      header: t('field.notAfter'),
      sizePx: 204,
      sortable: true,
      cell: (row) => <Moment at={row.notAfter} />,
    }),
    column({
      id: 'issuedBy',
      header: t('field.authority'),
      sizePx: 116,
      fromWidthPx: 760,
      cell: (row) =>
        row.authority ?? (
          <Text span inherit c="dimmed" title={row.issuer}>
            {row.importedFrom !== null && row.issuer !== row.subject
              ? issuerName(row.issuer)
              : t('field.selfSigned')}
          </Text>
        ),
    }),
    column({
      id: 'profile',
      header: t('field.profile'),
      sizePx: 116,
      fromWidthPx: 860,
      cell: (row) =>
        row.profile ?? (row.importedFrom === null ? '–' : <Badge tone="quiet">{t('importing.badge')}</Badge>),
    }),
    column({
      id: 'serialNumber',
      header: t('field.serialNumber'),
      sizePx: 140,
      fromWidthPx: 1080,
      cell: (row) => (
        <Tooltip label={<span className="mono">{row.serialNumber}</span>}>
          <span className="mono">
            {row.serialNumber.length > 12
              ? `${row.serialNumber.slice(0, 6)}…${row.serialNumber.slice(-4)}`
              : row.serialNumber}
          </span>
        </Tooltip>
      ),
    }),
    column({
      id: 'createdAt',
      header: t('field.issuedAt'),
      sizePx: 148,
      sortable: true,
      cell: (row) => (
        <span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}>
          <Moment at={row.createdAt} show="date" />
          {row.hasPrivateKey ? (
            <Tooltip label={t('certificates.keyKept')}>
              <IconKey size={14} role="img" aria-label={t('certificates.keyKept')} />
            </Tooltip>
          ) : null}
        </span>
      ),
    }),
  ];
}
