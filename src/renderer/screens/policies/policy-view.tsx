/** A policy's definition in words: names, usages, keys, how long. */
import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconAsterisk } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PolicyExtensions } from '../../../shared/model/extensions.ts';
import type { Policy } from '../../../shared/operations/policies.ts';
import { Badge } from '../../components/badge.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { useOperatorNames } from '../../components/use-operator-names.ts';
import { NameRules } from './name-rules.tsx';
import styles from './policies.module.css';
import { PolicyActions } from './policy-actions.tsx';

interface UsagesProps {
  readonly allowed: readonly string[];
  readonly required: readonly string[];
  readonly denied?: readonly string[] | undefined;
}

function Usages({ allowed, required, denied = [] }: UsagesProps) {
  const { t } = useTranslation();
  const optional = allowed.filter((one) => !required.includes(one));
  if (allowed.length + required.length + denied.length === 0) return '–';
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
      {denied.map((one) => (
        <Badge key={one} tone="bad">
          {one} ({t('policies.denied')})
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
  const nameOf = useOperatorNames();
  const { definition } = policy;
  return (
    <Stack gap="md" component="section" aria-labelledby="policy-name">
      <Card>
        <Group justify="space-between">
          <Title order={2} id="policy-name">
            {policy.name}
          </Title>
          <PolicyActions policy={policy} />
        </Group>
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
              value: t(
                `ruling.isCaRule.${definition.basicConstraints?.isCa ?? (definition.isCa ? 'required' : 'denied')}`,
              ),
            },
            definition.minValidity === undefined
              ? undefined
              : {
                  label: t('ruling.minValidity'),
                  value: definition.minValidity,
                  mono: true,
                },
            definition.allowSelfSigned
              ? { label: t('ruling.selfSigned'), value: t('policies.yes') }
              : undefined,
            definition.uniqueness?.active
              ? { label: t('ruling.unique'), value: t('policies.yes') }
              : undefined,
            !definition.approval?.required
              ? undefined
              : {
                  label: t('ruling.approval'),
                  value: definition.approval.steps
                    .map(({ name, needed, roles = [], operatorIds = [] }) =>
                      t('ruling.approvalShort', {
                        name,
                        needed,
                        who: [
                          ...roles.map((role) => t(`ruling.role.${role}`)),
                          ...operatorIds.map(nameOf),
                        ].join(', '),
                      }),
                    )
                    .join('; '),
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
