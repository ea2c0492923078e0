/** A section of a policy about names: anything, nothing, or what its rules name. */
import { Card, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SubjectAltNameSection, SubjectSection } from '../../../shared/model/policy.ts';
import styles from './policies.module.css';

interface NameRulesProps {
  readonly title: string;
  readonly section: SubjectSection | SubjectAltNameSection;
}

function Patterns({ patterns }: { readonly patterns: readonly string[] | undefined }) {
  if (patterns === undefined)
    return (
      <Text span inherit c="dimmed">
        –
      </Text>
    );
  return patterns.map((pattern) => (
    <div key={pattern} className="mono" style={{ overflowWrap: 'anywhere' }}>
      {pattern}
    </div>
  ));
}

export function NameRules({ title, section }: NameRulesProps) {
  const { t } = useTranslation();
  const nameOf = (type: string): string => {
    const keys = {
      dns: 'san.dns',
      ip: 'san.ip',
      email: 'san.email',
      uri: 'san.uri',
      upn: 'san.upn',
      otherName: 'san.otherName',
    } as const;
    const subject = {
      commonName: 'subject.commonName',
      organization: 'subject.organization',
      organizationalUnit: 'subject.organizationalUnit',
      country: 'subject.country',
      state: 'subject.state',
      locality: 'subject.locality',
      serialNumber: 'subject.serialNumber',
      emailAddress: 'subject.emailAddress',
      domainComponent: 'subject.domainComponent',
    } as const;
    const all: Readonly<
      Record<string, (typeof keys)[keyof typeof keys] | (typeof subject)[keyof typeof subject]>
    > = {
      ...keys,
      ...subject,
    };
    const key = all[type];
    return key === undefined ? type : t(key);
  };
  return (
    <Card>
      <Title order={3} mb={4}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb={section.mode === 'rules' ? 8 : 0}>
        {t(`policies.mode.${section.mode}`)}
      </Text>
      {section.mode === 'rules' ? (
        <table className={styles.rules}>
          <thead>
            <tr>
              <th scope="col">{t('policies.type')}</th>
              <th scope="col">{t('policies.allowed')}</th>
              <th scope="col">{t('policies.requiredHead')}</th>
              <th scope="col">{t('policies.denied')}</th>
            </tr>
          </thead>
          <tbody>
            {section.rules.map((rule) => (
              <tr key={`${rule.type} ${'oid' in rule ? rule.oid : ''}`}>
                <th scope="row">
                  {nameOf(rule.type)} {'oid' in rule ? rule.oid : null}
                </th>
                <td>
                  {rule.allowed === undefined && rule.required === undefined ? (
                    t('policies.anyValue')
                  ) : (
                    <Patterns patterns={rule.allowed} />
                  )}
                </td>
                <td>
                  <Patterns patterns={rule.required} />
                </td>
                <td>
                  <Patterns patterns={rule.denied} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </Card>
  );
}
