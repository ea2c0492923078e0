/** One certificate: what it says, what is built on it, and what can be done with it. */
import { Button, Stack, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBan, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { BackLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PageOnItsWay } from '../../components/page-on-its-way.tsx';
import { PemBlock } from '../../components/pem-block.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { ArchiveButton } from './archive-button.tsx';
import { CertificateOverview } from './certificate-overview.tsx';
import { ChainView } from './chain-view.tsx';
import { DownloadMenu } from './download-menu.tsx';
import { ExtensionList } from './extension-list.tsx';
import { NewerNotice } from './newer-notice.tsx';
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
  const renewal = useOperation('certificates.renewal', { id }, { enabled: may('certificates.renew') });
  const [isRevoking, revoking] = useDisclosure(false);
  const [isReleasing, releasing] = useDisclosure(false);
  const [isRenewing, renewing] = useDisclosure(false);
  const back = (
    <BackLink
      to="/certificates"
      onClick={(event) => {
        // The list as it was left, filters and place included, where this window has come from it.
        if (window.history.length > 1 && document.referrer === '' && window.history.state?.__TSR_index > 0) {
          event.preventDefault();
          window.history.back();
        }
      }}
    >
      {t('screen.certificates')}
    </BackLink>
  );
  if (certificate === undefined) {
    return <PageOnItsWay title={t('certificates.one')} above={back} error={error} onRetry={refetch} />;
  }
  const { status, authority } = certificate;
  // What came in from elsewhere is for whoever issued it.
  const canRevoke = status !== 'revoked' && authority !== null && may('certificates.revoke');
  return (
    <Page
      title={certificate.commonName || certificate.subject}
      above={back}
      badge={<StatusBadge status={certificate.status} notAfter={certificate.notAfter} />}
      actions={
        <>
          <DownloadMenu id={id} hasPrivateKey={certificate.hasPrivateKey} />
          {renewal.data?.eligible ? (
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
          <ArchiveButton certificate={certificate} />
        </>
      }
    >
      <NewerNotice certificate={certificate} />
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
