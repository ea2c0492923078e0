/** What a change of a policy would touch, before it is made. */
import { Alert, List, Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import { useOperation } from '../../client/queries.ts';
import { FieldList } from '../../components/field-list.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

export function ImpactView({
  id,
  definition,
}: {
  readonly id: string;
  readonly definition: PolicyDefinition;
}) {
  const { t } = useTranslation();
  const { data, error } = useOperation('policies.impact', { id, definition });
  if (error) return <ProblemNotice error={error} />;
  if (!data) return <Loader size="sm" />;
  if (data.profiles.length === 0) return <Alert color="blue">{t('ruling.impactNone')}</Alert>;
  return (
    <Stack gap="sm">
      <FieldList
        fields={[
          { label: t('ruling.impactProfiles'), value: data.profiles.map(({ name }) => name).join(', ') },
          {
            label: t('ruling.impactCount'),
            value: `${data.certificates}${data.certificatesAreCapped ? '+' : ''}`,
          },
        ]}
      />
      {data.refused.length === 0 ? (
        <Alert color="green">{t('ruling.impactFine', { count: data.checked })}</Alert>
      ) : (
        <Alert color="orange">
          <Text size="sm">
            {t('ruling.impactRefused', { count: data.refused.length, checked: data.checked })}
          </Text>
          <List size="sm" mt="xs">
            {data.refused.slice(0, 20).map(({ id: certificate, commonName, profile, violations }) => (
              <List.Item key={certificate}>
                <b>{commonName}</b> ({profile}): {violations.map(({ message }) => message).join(' ')}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
