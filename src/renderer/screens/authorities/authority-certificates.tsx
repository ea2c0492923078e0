/** All certificates of an authority: the one in use, former ones, those by others, those between its keys. */
import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuthorityCertificate } from '../../../shared/operations/authorities.ts';
import { Badge } from '../../components/badge.tsx';
import { AnchorLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';

export function AuthorityCertificates({
  certificates,
}: {
  readonly certificates: readonly AuthorityCertificate[];
}) {
  const { t } = useTranslation();
  const hasKeys = new Set(certificates.map(({ keyGeneration }) => keyGeneration)).size > 1;
  return (
    <Card>
      <Title order={2} mb="sm">
        {t('lifecycle.certificates')}
      </Title>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {certificates.map((certificate) => (
          <li key={certificate.id}>
            <Group gap="xs">
              <Badge tone={certificate.role === 'current' ? 'info' : 'quiet'}>
                {t(`lifecycle.role.${certificate.role}`)}
              </Badge>
              <StatusBadge status={certificate.status} />
              {hasKeys ? (
                <Text size="xs" c="dimmed">
                  {t('lifecycle.key', { number: certificate.keyGeneration })}
                </Text>
              ) : null}
              <Text size="xs" c="dimmed">
                {t('field.notAfter')} <Moment at={certificate.notAfter} show="date" />
              </Text>
            </Group>
            <AnchorLink
              to="/certificates/$id"
              params={{ id: certificate.id }}
              className="mono"
              size="sm"
              style={{ overflowWrap: 'anywhere' }}
            >
              {certificate.serialNumber}
            </AnchorLink>
            {certificate.role === 'cross' ? (
              <Text size="xs" c="dimmed">
                {t('field.issuer')}: {certificate.issuer}
              </Text>
            ) : null}
          </li>
        ))}
      </Stack>
    </Card>
  );
}
