/** The steps of the approval, and who has decided so far. */
import { Card, List, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RequestStep } from '../../../shared/model/request.ts';
import type { RequestDetail } from '../../../shared/operations/requests.ts';
import { Badge } from '../../components/badge.tsx';
import { Moment } from '../../components/moment.tsx';
import { useOperatorNames } from '../../components/use-operator-names.ts';

function Step({ step, number }: { readonly step: RequestStep; readonly number: number }) {
  const { t } = useTranslation();
  const nameOf = useOperatorNames();
  const { roles = [], operatorIds = [] } = step;
  const who = [...roles.map((role) => t(`requests.roles.${role}`)), ...operatorIds.map(nameOf)];
  return (
    <li>
      <Text size="sm" fw={570}>
        {number}. {step.name}{' '}
        <Badge tone={step.approvals >= step.needed ? 'good' : 'warn'}>
          {t('requests.approvalsOf', { got: step.approvals, needed: step.needed })}
        </Badge>
      </Text>
      <Text size="sm" c="dimmed">
        {t('requests.stepFor', { who: who.join(', ') })}
      </Text>
    </li>
  );
}

export function ApprovalCard({ request }: { readonly request: RequestDetail }) {
  const { t } = useTranslation();
  const { steps, decisions, mayNotDecideCode, status } = request;
  return (
    <Card>
      <Title order={2} mb="xs">
        {t('requests.approval')}
      </Title>
      <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <Step key={index} step={step} number={index + 1} />
        ))}
      </Stack>
      <List size="sm" mt="sm" spacing={4} listStyleType="none">
        {decisions.length === 0 ? (
          <List.Item>
            <Text size="sm" c="dimmed">
              {t('requests.noDecision')}
            </Text>
          </List.Item>
        ) : null}
        {decisions.map(({ operator, approve, reason, decidedAt }) => (
          <List.Item key={`${operator} ${decidedAt}`}>
            {t(approve ? 'requests.approvedBy' : 'requests.rejectedBy', { name: operator })} ·{' '}
            <Moment at={decidedAt} show="exact" />
            {reason === null ? null : (
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {reason}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
      {status === 'pending_approval' && mayNotDecideCode !== null ? (
        <Text size="sm" c="dimmed" mt="sm">
          {t(`requests.mayNot.${mayNotDecideCode}`)}
        </Text>
      ) : null}
    </Card>
  );
}
