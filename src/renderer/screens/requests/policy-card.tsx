/** What the policy, as it is now, says to what a request asks for. */
import { Alert, Card, List, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '../../../shared/operations/requests.ts';

function Verdict({ violations }: Pick<NonNullable<RequestDetail['policy']>, 'violations'>) {
  const { t } = useTranslation();
  if (violations.length === 0) {
    return (
      <Alert color="green" variant="light" icon={<IconCircleCheck />}>
        {t('requests.policyPermits')}
      </Alert>
    );
  }
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={t('requests.policyRefuses')}>
      <List size="sm">
        {violations.map(({ path, rule, message }) => (
          <List.Item key={`${path.join('.')} ${rule}`}>{message}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

export function PolicyCard({ request }: { readonly request: RequestDetail }) {
  const { t } = useTranslation();
  const { policy, status } = request;
  const isOpen = status === 'pending_approval' || status === 'approved';
  return (
    <Card>
      <Title order={2} mb="xs">
        {t('requests.policy')}
      </Title>
      {policy === null ? (
        <Text size="sm">{t('requests.policyGone')}</Text>
      ) : (
        <>
          <Text size="sm" mb={isOpen ? 'sm' : 0}>
            {policy.name} ·{' '}
            {policy.version === policy.versionWhenAsked
              ? t('requests.policyVersion', { version: policy.version })
              : t('requests.policyChanged', { version: policy.version, asked: policy.versionWhenAsked })}
          </Text>
          {isOpen ? <Verdict violations={policy.violations} /> : null}
        </>
      )}
    </Card>
  );
}
