/** One certificate: what it says, what is built on it, and what can be done with it. */
import { Button, Skeleton, Stack, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconBan, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { AnchorLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PemBlock } from '../../components/pem-block.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { CertificateOverview } from './certificate-overview.tsx';
import { ChainView } from './chain-view.tsx';
import { DownloadMenu } from './download-menu.tsx';
import { ExtensionList } from './extension-list.tsx';
import { OrderView } from './order-view.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { RenewDialog } from './renew-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

const route = getRouteApi('/certificates/$id');

export function CertificateScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { id } = route.useParams();
  const { data: certificate, error, refetch } = useOperation('certificates.show', { id });
  const [isRevoking, revoking] = useDisclosure(false);
  const [isReleasing, releasing] = useDisclosure(false);
  const [isRenewing, renewing] = useDisclosure(false);
  const back = (
    <AnchorLink
      to="/certificates"
      size="sm"
      mb={10}
      style={{ display: 'inline-flex', alignItems: 'center', gap: 5 }}
      onClick={(event) => {
        // The list as it was left, filters and place included, where this window has come from it.
        if (window.history.length > 1 && document.referrer === '' && window.history.state?.__TSR_index > 0) {
          event.preventDefault();
          window.history.back();
        }
      }}
    >
      <IconArrowLeft size={15} aria-hidden="true" />
      {t('screen.certificates')}
    </AnchorLink>
  );
  if (certificate === undefined) {
    return (
      <Page title={t('certificates.one')} above={back}>
        {error === null ? (
          <Skeleton height={320} />
        ) : (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        )}
      </Page>
    );
  }
  const { status, authority, profile } = certificate;
  // What came in from elsewhere is for whoever issued it.
  const canRevoke = status !== 'revoked' && authority !== null && may('certificates.revoke');
  const isRevoked = status === 'revoked' || status === 'held';
  const canRenew =
    !isRevoked && profile !== null && certificate.renewedById === null && may('certificates.renew');
  return (
    <Page
      title={certificate.commonName || certificate.subject}
      above={back}
      badge={<StatusBadge status={certificate.status} notAfter={certificate.notAfter} />}
      actions={
        <>
          <DownloadMenu id={id} hasPrivateKey={certificate.hasPrivateKey} />
          {canRenew ? (
            <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={renewing.open}>
              {t('renewal.action')}
            </Button>
          ) : null}
          {status === 'held' && canRevoke ? (
            <Button variant="default" leftSection={<IconPlayerPlay size={16} />} onClick={releasing.open}>
              {t('certificates.release')}
            </Button>
          ) : null}
          {canRevoke ? (
            <Button
              variant="default"
              c="var(--ch-bad)"
              leftSection={<IconBan size={16} />}
              onClick={revoking.open}
            >
              {t('certificates.revoke')}
            </Button>
          ) : null}
        </>
      }
    >
      <Tabs defaultValue="overview" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="overview">{t('certificates.tab.overview')}</Tabs.Tab>
          <Tabs.Tab value="extensions">{t('certificates.tab.extensions')}</Tabs.Tab>
          <Tabs.Tab value="chain">{t('certificates.tab.chain')}</Tabs.Tab>
          <Tabs.Tab value="order">{t('certificates.tab.order')}</Tabs.Tab>
          <Tabs.Tab value="pem">PEM</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <CertificateOverview certificate={certificate} />
        </Tabs.Panel>
        <Tabs.Panel value="extensions">
          <ExtensionList extensions={certificate.extensions} />
        </Tabs.Panel>
        <Tabs.Panel value="chain">
          <ChainView certificate={certificate.certificate} chain={certificate.chain} />
        </Tabs.Panel>
        <Tabs.Panel value="order">
          <OrderView certificate={certificate} />
        </Tabs.Panel>
        <Tabs.Panel value="pem">
          <Stack gap="md">
            <PemBlock title={t('certificates.one')} text={certificate.certificate} />
            {certificate.chain.length === 0 ? null : (
              <PemBlock title={t('certificates.chainPem')} text={certificate.chain.join('\n')} />
            )}
          </Stack>
        </Tabs.Panel>
      </Tabs>
      {isRenewing ? <RenewDialog certificate={certificate} onClose={renewing.close} /> : null}
      {isReleasing ? <ReleaseDialog certificate={certificate} onClose={releasing.close} /> : null}
      {isRevoking ? <RevokeDialog certificate={certificate} onClose={revoking.close} /> : null}
    </Page>
  );
}
