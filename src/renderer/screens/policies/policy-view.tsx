/** A policy's definition in words: names, usages, keys, how long. */
import { Card, Stack, Text, Title } from '@mantine/core';
import { IconAsterisk } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PolicyExtensions } from '../../../shared/model/extensions.ts';
import type { Policy } from '../../../shared/operations/policies.ts';
import { Badge } from '../../components/badge.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { NameRules } from './name-rules.tsx';
import styles from './policies.module.css';

interface UsagesProps {
  readonly allowed: readonly string[];
  readonly required: readonly string[];
}

function Usages({ allowed, required }: UsagesProps) {
  const { t } = useTranslation();
  const optional = allowed.filter((one) => !required.includes(one));
  if (allowed.length + required.length === 0) return '–';
  return (
    <div className={styles.chips}>
      {required.map((one) => (
        <Badge key={one} tone="info" icon={IconAsterisk}>
          {one} ({t('policies.required')})
        </Badge>
      ))}
      {optional.map((one) => (
        <Badge key={one} tone="quiet">
          {one}
        </Badge>
      ))}
    </div>
  );
}

/** The fixed extensions, each in a few words. */
function fixedExtensions(extensions: PolicyExtensions): string[] {
  const { tlsFeatures = [], certificatePolicies = [], subjectInfoAccess = [] } = extensions;
  return [
    ...tlsFeatures,
    ...certificatePolicies.map(({ oid }) => `certificatePolicies ${oid}`),
    ...subjectInfoAccess.map(({ method, url }) => `${method} ${url}`),
    ...(extensions.crlDistributionPoints ?? []).map((url) => `CRL ${url}`),
    ...(extensions.custom ?? []).map(({ oid }) => oid),
  ];
}

export function PolicyView({ policy }: { readonly policy: Policy }) {
  const { t } = useTranslation();
  const { definition } = policy;
  return (
    <Stack gap="md" component="section" aria-labelledby="policy-name">
      <Card>
        <Title order={2} id="policy-name">
          {policy.name}
        </Title>
        <Text size="sm" c="dimmed" mb={4}>
          {t('policies.version', { version: policy.version })}
        </Text>
        <FieldList
          fields={[
            { label: t('field.maxValidity'), value: definition.maxValidity, mono: true },
            {
              label: t('field.keyAlgorithms'),
              value: (
                <div className={styles.chips}>
                  {definition.keyAlgorithms.map((one) => (
                    <Badge key={one} tone="quiet">
                      {t(`algorithm.${one}`)}
                    </Badge>
                  ))}
                </div>
              ),
            },
            { label: t('field.keyUsages'), value: <Usages {...definition.keyUsages} /> },
            { label: t('field.extendedKeyUsages'), value: <Usages {...definition.extendedKeyUsages} /> },
            {
              label: t('policies.wildcards'),
              value: definition.allowWildcards ? t('policies.yes') : t('policies.no'),
            },
            {
              label: t('policies.forAuthorities'),
              value: definition.isCa ? t('policies.yes') : t('policies.no'),
            },
            definition.extensions && {
              label: t('policies.extensions'),
              value: (
                <div className={styles.chips}>
                  {fixedExtensions(definition.extensions).map((one) => (
                    <Badge key={one} tone="quiet">
                      {one}
                    </Badge>
                  ))}
                </div>
              ),
            },
          ]}
        />
      </Card>
      <NameRules title={t('field.subject')} section={definition.subject} />
      <NameRules title={t('field.subjectAltNames')} section={definition.subjectAltNames} />
    </Stack>
  );
}
