/** Where a certificate was renewed: the newest of its order, however often that was. */
import { Alert } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { useOperation } from '../../client/queries.ts';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';

interface NewerNoticeProps {
  readonly certificate: Pick<CertificateDetail, 'id' | 'orderId' | 'renewedById'>;
}

export function NewerNotice({ certificate }: NewerNoticeProps) {
  const { t } = useTranslation();
  const isRenewed = certificate.renewedById !== null;
  const { data: order } = useOperation('orders.show', { id: certificate.orderId }, { enabled: isRenewed });
  const newest = order?.newest;
  if (!isRenewed || newest === undefined || newest.id === certificate.id) return null;
  return (
    <Alert mb="md" color="blue" variant="light" icon={<IconArrowRight />} title={t('orders.renewed')}>
      <AnchorLink to="/certificates/$id" params={{ id: newest.id }} size="sm" className="mono">
        {newest.serialNumber}
      </AnchorLink>
      {' · '}
      {t('field.notAfter')} <Moment at={newest.notAfter} />
    </Alert>
  );
}
