/** One authority: its certificate, its CRLs, its place. */
import { Card, SimpleGrid, Stack, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../../client/queries.ts';
import { FieldList } from '../../components/field-list.tsx';
import { colonHex } from '../../components/hex.ts';
import { AnchorLink, BackLink, ButtonLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { PageOnItsWay } from '../../components/page-on-its-way.tsx';
import { PemBlock } from '../../components/pem-block.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { ValidityBar } from '../../components/validity-bar.tsx';
import { AuthorityActions } from './authority-actions.tsx';
import { AuthorityCertificates } from './authority-certificates.tsx';
import { AuthorityCrl } from './authority-crl.tsx';
import { LifecycleMenu } from './lifecycle-menu.tsx';
import { NameSpace } from './name-space.tsx';

const route = getRouteApi('/authorities/$slug');

export function AuthorityScreen() {
  const { t } = useTranslation();
  const { slug } = route.useParams();
  const { data: authority, error, refetch } = useOperation('authorities.show', { id: slug });
  const back = <BackLink to="/authorities">{t('screen.authorities')}</BackLink>;
  if (authority === undefined) {
    return <PageOnItsWay title={slug} above={back} error={error} onRetry={refetch} />;
  }
  const fingerprint = colonHex(authority.sha256Fingerprint);
  return (
    <Page
      title={authority.name}
      above={back}
      badge={<StatusBadge status={authority.status} />}
      actions={
        <>
          {authority.kind === 'root' ? (
            <ButtonLink
              variant="default"
              to="/authorities/$slug/trust"
              params={{ slug }}
              leftSection={<IconShieldCheck size={16} />}
            >
              {t('trust.action')}
            </ButtonLink>
          ) : null}
          <AuthorityActions authority={authority} />
          <LifecycleMenu authority={authority} />
        </>
      }
    >
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="md">
          <Stack gap="md">
            <Card>
              <Title order={2} mb={4}>
                {t('certificates.section.subject')}
              </Title>
              <FieldList
                fields={[
                  { label: t('field.subject'), value: authority.subject },
                  { label: t('field.slug'), value: authority.slug, mono: true },
                  { label: t('field.kind'), value: t(`kind.${authority.kind}`) },
                  authority.parent === null
                    ? undefined
                    : {
                        label: t('field.parent'),
                        value: (
                          <AnchorLink to="/authorities/$slug" params={{ slug: authority.parent }} inherit>
                            {authority.parent}
                          </AnchorLink>
                        ),
                      },
                  { label: t('field.realm'), value: authority.realm },
                  { label: t('field.keyAlgorithm'), value: t(`algorithm.${authority.keyAlgorithm}`) },
                  {
                    label: t('field.publicationUrl'),
                    value: authority.publicationUrl ?? '–',
                    ...(authority.publicationUrl === null ? {} : { copy: authority.publicationUrl }),
                  },
                ]}
              />
            </Card>
            <Card>
              <Title order={2} mb="sm">
                {t('certificates.section.validity')}
              </Title>
              <ValidityBar notBefore={authority.notBefore} notAfter={authority.notAfter} />
              <FieldList
                fields={[
                  { label: t('field.notBefore'), value: <Moment at={authority.notBefore} show="exact" /> },
                  { label: t('field.notAfter'), value: <Moment at={authority.notAfter} show="exact" /> },
                ]}
              />
            </Card>
          </Stack>
          <AuthorityCrl authority={authority} />
          <AuthorityCertificates certificates={authority.certificates} />
          <NameSpace nameSpace={authority.nameSpace} />
        </SimpleGrid>
        <Card>
          <FieldList
            fields={[
              {
                label: t('field.serialNumber'),
                value: authority.serialNumber,
                copy: authority.serialNumber,
                mono: true,
              },
              { label: t('field.sha256'), value: fingerprint, copy: fingerprint, mono: true },
            ]}
          />
        </Card>
        <PemBlock title={t('certificates.one')} text={authority.certificate} />
      </Stack>
    </Page>
  );
}
