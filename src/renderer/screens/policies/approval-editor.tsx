/** Edits who has to approve: steps one after the other, each decided by any n of those it names. */
import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Approval, ApprovalStep } from '../../../shared/model/approval.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';
import { ApprovalStepEditor } from './approval-step-editor.tsx';

interface ApprovalEditorProps {
  readonly approval: Approval | null | undefined;
  readonly onChange: (approval: Approval | null) => void;
}

const mostSteps = 10;

export function ApprovalEditor({ approval, onChange }: ApprovalEditorProps) {
  const { t } = useTranslation();
  const may = useMay();
  const people = useOperation('operators.list', { limit: 500 }, { enabled: may('operators.read') });
  const stepOf = (name: string, needed: number): ApprovalStep => ({
    name,
    needed,
    roles: ['administrator', 'approver'],
  });
  const begin = (...steps: ApprovalStep[]): void =>
    onChange({ required: true, selfApproval: approval?.selfApproval ?? false, steps });
  const first = t('ruling.step.first');
  const second = t('ruling.step.second');
  const steps = approval?.steps ?? [];
  const put = (next: ApprovalStep[]): void => {
    if (approval) onChange({ ...approval, steps: next });
  };
  return (
    <Stack gap="sm">
      <Switch
        label={t('ruling.approval')}
        checked={approval?.required === true}
        onChange={(event) => (event.currentTarget.checked ? begin(stepOf(first, 1)) : onChange(null))}
      />
      {approval?.required ? (
        <>
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {t('ruling.step.beginWith')}
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => begin(stepOf(first, 1))}>
              {t('ruling.step.one')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => begin(stepOf(first, 2))}>
              {t('ruling.step.dual')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => begin(stepOf(first, 1), stepOf(second, 1))}
            >
              {t('ruling.step.two')}
            </Button>
          </Group>
          <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
            {steps.map((step, index) => (
              <ApprovalStepEditor
                // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
                key={index}
                step={step}
                number={index + 1}
                of={steps.length}
                people={people.data?.items ?? []}
                onChange={(changed) => put(steps.map((one, at) => (at === index ? changed : one)))}
                onRemove={() => put(steps.filter((_, at) => at !== index))}
                onMoveUp={() => put(steps.toSpliced(index - 1, 2, step, steps[index - 1] ?? step))}
              />
            ))}
          </Stack>
          <div>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              disabled={steps.length >= mostSteps}
              onClick={() => put([...steps, stepOf(t('ruling.step.name', { number: steps.length + 1 }), 1)])}
            >
              {t('ruling.step.add')}
            </Button>
          </div>
          <Text size="xs" c="dimmed">
            {t('ruling.step.onceText')}
          </Text>
          <Switch
            label={t('ruling.selfApproval')}
            description={t('ruling.selfApprovalText')}
            checked={approval.selfApproval}
            onChange={(event) => onChange({ ...approval, selfApproval: event.currentTarget.checked })}
          />
        </>
      ) : null}
    </Stack>
  );
}
