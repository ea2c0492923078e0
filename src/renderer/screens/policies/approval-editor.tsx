/** Edits who has to approve: one step by roles; more steps are for the command line and the API. */
import { Group, MultiSelect, NumberInput, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../shared/model/approval.ts';
import { type BuiltInRole as Role, roleNames } from '../../../shared/model/permissions.ts';

interface ApprovalEditorProps {
  readonly approval: Approval | null | undefined;
  readonly onChange: (approval: Approval | null) => void;
}

export function ApprovalEditor({ approval, onChange }: ApprovalEditorProps) {
  const { t } = useTranslation();
  const [step] = approval?.steps ?? [];
  const change = (fields: Partial<Approval['steps'][number]>) => {
    if (!approval || !step) return;
    onChange({ ...approval, steps: [{ ...step, ...fields }, ...approval.steps.slice(1)] });
  };
  return (
    <Stack gap="xs">
      <Switch
        label={t('ruling.approval')}
        checked={approval?.required === true}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? {
                  required: true,
                  steps: [{ name: 'Approval', needed: 1, roles: ['administrator', 'approver'] }],
                  selfApproval: false,
                }
              : null,
          )
        }
      />
      {approval?.required && step && (
        <>
          <Group gap="xs" align="flex-start">
            <NumberInput
              w={160}
              label={t('ruling.approvalNeeded')}
              min={1}
              max={10}
              value={step.needed}
              onChange={(needed) => change({ needed: Number(needed) || 1 })}
            />
            <MultiSelect
              style={{ flex: 1 }}
              label={t('ruling.approvalRoles')}
              data={roleNames
                .filter((role) => role !== 'api-client' && role !== 'auditor')
                .map((value) => ({ value, label: t(`ruling.role.${value}`) }))}
              value={step.roles ?? []}
              onChange={(roles) => change({ roles: roles.length > 0 ? (roles as Role[]) : undefined })}
            />
          </Group>
          <Switch
            label={t('ruling.selfApproval')}
            checked={approval.selfApproval}
            onChange={(event) => onChange({ ...approval, selfApproval: event.currentTarget.checked })}
          />
        </>
      )}
    </Stack>
  );
}
