/** The fields of a certificate, grouped as people ask for them: whose, how long, from whom, by which key. */
import { Alert, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconBan, IconClockPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { Badge } from '../../components/badge.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { colonHex } from '../../components/hex.ts';
import { keyName } from '../../components/key-name.ts';
import { Moment } from '../../components/moment.tsx';
import { ValidityBar } from '../../components/validity-bar.tsx';
import { NotesCard } from './notes-card.tsx';

function Revocation({ certificate }: { readonly certificate: CertificateDetail }) {
  const { t } = useTranslation();
  if (certificate.revokedAt === null) return null;
  const held = certificate.status === 'held';
  return (
    <Alert
      color={held ? 'yellow' : 'red'}
      variant="light"
      icon={held ? <IconClockPause /> : <IconBan />}
      title={held ? t('status.held') : t('status.revoked')}
    >
      <Moment at={certificate.revokedAt} show="exact" />
      {certificate.revocationReason === null
        ? null
        : ` · ${t(`reason.${certificate.revocationReason}.name`)}`}
      {certificate.revocationComment === null ? null : ` · ${certificate.revocationComment}`}
    </Alert>
  );
}

export function CertificateOverview({ certificate }: { readonly certificate: CertificateDetail }) {
  const { t } = useTranslation();
  const sha256 = colonHex(certificate.sha256Fingerprint);
  const sha1 = colonHex(certificate.sha1Fingerprint);
  return (
    <Stack gap="md">
      <Revocation certificate={certificate} />
      {certificate.importedFrom === null || certificate.authority !== null ? null : (
        <Text size="sm" c="dimmed">
          {t('importing.foreign', { issuer: certificate.issuer })}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="md">
        <Card>
          <Title order={2} mb={4}>
            {t('certificates.section.subject')}
          </Title>
          <FieldList
            fields={[
              { label: t('field.subject'), value: certificate.subject, copy: certificate.subject },
              {
                label: t('field.subjectAltNames'),
                value:
                  certificate.subjectAltNames.length === 0 ? (
                    '–'
                  ) : (
                    <Group gap={6}>
                      {certificate.subjectAltNames.map(({ type, value }) => (
                        <Badge key={`${type} ${value}`} tone="quiet">
                          <span style={{ fontWeight: 400 }}>{t(`san.${type}`)}</span>{' '}
                          <span className="mono">{value}</span>
                        </Badge>
                      ))}
                    </Group>
                  ),
              },
              {
                label: t('field.serialNumber'),
                value: certificate.serialNumber,
                copy: certificate.serialNumber,
                mono: true,
              },
              { label: t('field.realm'), value: certificate.realm },
              certificate.importedFrom === null
                ? undefined
                : { label: t('importing.from'), value: certificate.importedFrom, mono: true },
              certificate.archivedAt === null
                ? undefined
                : {
                    label: t('certificates.archivedTitle'),
                    value: <Moment at={certificate.archivedAt} show="exact" />,
                  },
              { label: t('field.requestedBy'), value: certificate.requestedBy },
            ]}
          />
        </Card>
        <Card>
          <Title order={2} mb="sm">
            {t('certificates.section.validity')}
          </Title>
          <ValidityBar notBefore={certificate.notBefore} notAfter={certificate.notAfter} />
          <FieldList
            fields={[
              { label: t('field.notBefore'), value: <Moment at={certificate.notBefore} show="exact" /> },
              { label: t('field.notAfter'), value: <Moment at={certificate.notAfter} show="exact" /> },
              { label: t('field.issuer'), value: certificate.issuer },
              {
                label: t('field.authority'),
                value:
                  certificate.authority ??
                  (certificate.issuer === certificate.subject ? t('field.selfSigned') : '–'),
              },
              { label: t('field.profile'), value: certificate.profile ?? '–' },
            ]}
          />
        </Card>
      </SimpleGrid>
      <NotesCard certificate={certificate} />
      <Card>
        <Title order={2} mb={4}>
          {t('certificates.section.key')}
        </Title>
        <FieldList
          fields={[
            { label: t('field.keyAlgorithm'), value: keyName(certificate.keyAlgorithm, t) },
            { label: t('field.signatureAlgorithm'), value: certificate.signatureAlgorithm },
            {
              label: t('field.privateKey'),
              value: certificate.hasPrivateKey ? t('certificates.keyKept') : t('certificates.keyElsewhere'),
            },
            { label: t('field.sha256'), value: sha256, copy: sha256, mono: true },
            { label: t('field.sha1'), value: sha1, copy: sha1, mono: true },
          ]}
        />
      </Card>
    </Stack>
  );
}
