/** The order of a certificate: how it renews itself, and every certificate that it has had. */
import { Button, Card, Group, Skeleton, Stack, Switch, Table, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import type { OrderRenewal } from '../../../shared/model/renewal.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';

interface OrderViewProps {
  readonly certificate: Pick<CertificateDetail, 'id' | 'orderId' | 'hasPrivateKey'>;
}

export function OrderView({ certificate }: OrderViewProps) {
  const { t } = useTranslation();
  const { data: order, error, refetch } = useOperation('orders.show', { id: certificate.orderId });
  if (order === undefined) {
    return error === null ? (
      <Skeleton height={200} />
    ) : (
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <Stack gap="md">
      <Card>
        <Title order={2} mb="sm">
          {t('orders.renewal')}
        </Title>
        <RenewalState renewal={order.renewal} />
        {order.newest.hasPrivateKey ? (
          <RenewalForm key={JSON.stringify(order.renewal)} id={certificate.id} renewal={order.renewal} />
        ) : null}
      </Card>
      <Card>
        <Title order={2} mb="sm">
          {t('orders.certificates')}
        </Title>
        <Table.ScrollContainer minWidth={520}>
          <Table verticalSpacing="xs" aria-label={t('orders.certificates')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('field.serialNumber')}</Table.Th>
                <Table.Th>{t('field.status')}</Table.Th>
                <Table.Th>{t('field.notBefore')}</Table.Th>
                <Table.Th>{t('field.notAfter')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {order.certificates.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td className="mono" style={{ overflowWrap: 'anywhere' }}>
                    {one.id === certificate.id ? (
                      <strong aria-current="page">{one.serialNumber}</strong>
                    ) : (
                      <AnchorLink to="/certificates/$id" params={{ id: one.id }} inherit>
                        {one.serialNumber}
                      </AnchorLink>
                    )}{' '}
                    {one.id === order.newest.id ? <Badge tone="info">{t('orders.newest')}</Badge> : null}
                  </Table.Td>
                  <Table.Td>
                    <StatusBadge status={one.status} notAfter={one.notAfter} />
                  </Table.Td>
                  <Table.Td>
                    <Moment at={one.notBefore} show="date" />
                  </Table.Td>
                  <Table.Td>
                    <Moment at={one.notAfter} show="date" />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Card>
    </Stack>
  );
}

function RenewalState({ renewal }: { readonly renewal: OrderRenewal }) {
  const { t } = useTranslation();
  const { autoRenew, nextAttemptAt, lastError, attempts } = renewal;
  return (
    <Stack gap={4}>
      <Text size="sm">
        {autoRenew ? t('orders.byItself') : t('orders.byHand')}
        {nextAttemptAt === null ? null : (
          <>
            {' '}
            {t('orders.next')} <Moment at={nextAttemptAt} />
          </>
        )}
      </Text>
      {lastError === null ? null : (
        <Text size="sm" c="var(--ch-bad)">
          {t('orders.failed', { count: attempts })} {lastError}
        </Text>
      )}
    </Stack>
  );
}

interface RenewalFormProps {
  readonly id: string;
  readonly renewal: OrderRenewal;
}

/** Sets for the order what its profile says otherwise. */
function RenewalForm({ id, renewal }: RenewalFormProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [autoRenew, setAutoRenew] = useState(renewal.autoRenew);
  const [renewBefore, setRenewBefore] = useState(renewal.renewBefore);
  const configure = useAction('certificates.configure', ['orders.show', 'renewals.list', 'renewals.days']);
  if (!may('certificates.renew')) return null;
  const isSame = autoRenew === renewal.autoRenew && renewBefore === renewal.renewBefore;
  return (
    <Stack gap="sm" mt="md">
      <ProblemNotice error={configure.error} />
      <Switch
        label={t('orders.autoRenew')}
        checked={autoRenew}
        onChange={(event) => setAutoRenew(event.currentTarget.checked)}
      />
      <TextInput
        label={t('orders.renewBefore')}
        description={t('orders.renewBeforeText')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={renewBefore}
        maxLength={64}
        maw={320}
        onChange={(event) => setRenewBefore(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button
          loading={configure.isPending}
          disabled={isSame}
          onClick={() => configure.mutate({ id, autoRenew, renewBefore: renewBefore.trim() })}
        >
          {t('action.save')}
        </Button>
        {renewal.setBy === 'order' ? (
          <Button
            variant="default"
            onClick={() => configure.mutate({ id, autoRenew: null, renewBefore: null })}
          >
            {t('orders.asProfile')}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}
