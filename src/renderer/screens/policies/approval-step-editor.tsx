/** One step of an approval: how many have to agree, from among which roles and people. */
import { ActionIcon, Card, Group, MultiSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApprovalStep } from '../../../shared/model/approval.ts';
import { type BuiltInRole, roleNames } from '../../../shared/model/permissions.ts';
import type { Operator } from '../../../shared/operations/operators.ts';

interface ApprovalStepEditorProps {
  readonly step: ApprovalStep;
  readonly number: number;
  readonly of: number;
  readonly people: readonly Operator[];
  readonly onChange: (step: ApprovalStep) => void;
  readonly onRemove: () => void;
  readonly onMoveUp: () => void;
}

/** Whose role cannot carry the right to decide is not offered. */
const deciding = roleNames.filter((role) => role !== 'api-client' && role !== 'auditor');

export function ApprovalStepEditor({ step, number, of, people, ...props }: ApprovalStepEditorProps) {
  const { t } = useTranslation();
  const { roles = [], operatorIds = [], name, needed } = step;
  const set = (chosen: { roles: readonly string[]; operatorIds: readonly string[] }): void => {
    const { roles: _roles, operatorIds: _operatorIds, ...rest } = step;
    props.onChange({
      ...rest,
      ...(chosen.roles.length > 0 && { roles: [...chosen.roles] as BuiltInRole[] }),
      ...(chosen.operatorIds.length > 0 && { operatorIds: [...chosen.operatorIds] }),
    });
  };
  const isNobody = roles.length === 0 && operatorIds.length === 0;
  const isTooFew = roles.length === 0 && operatorIds.length < needed;
  // Somebody who is gone is still shown, so that it can be seen and taken out.
  const known = people.filter(({ disabled, id }) => !disabled || operatorIds.includes(id));
  const gone = operatorIds.filter((id) => !known.some((one) => one.id === id));
  return (
    <Card component="li" padding="sm" bg="var(--ch-sunken)">
      <Group gap="xs" align="flex-end" wrap="nowrap" mb="xs">
        <Text fw={570} size="sm" pb={9} aria-hidden="true">
          {number}.
        </Text>
        <TextInput
          style={{ flex: 1 }}
          label={t('ruling.step.called')}
          required
          maxLength={60}
          value={name}
          onChange={(event) => props.onChange({ ...step, name: event.currentTarget.value })}
        />
        <NumberInput
          w={128}
          label={t('ruling.approvalNeeded')}
          min={1}
          max={10}
          clampBehavior="strict"
          value={needed}
          onChange={(value) => props.onChange({ ...step, needed: Number(value) || 1 })}
        />
        <ActionIcon
          size={36}
          variant="subtle"
          color="gray"
          disabled={number === 1}
          aria-label={t('ruling.step.up', { number })}
          onClick={props.onMoveUp}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          size={36}
          variant="subtle"
          color="gray"
          disabled={of === 1}
          aria-label={t('ruling.step.remove', { number })}
          onClick={props.onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      <Group gap="xs" align="flex-start" grow>
        <MultiSelect
          label={t('ruling.approvalRoles')}
          data={deciding.map((value) => ({ value, label: t(`ruling.role.${value}`) }))}
          value={roles}
          error={isNobody ? t('ruling.step.nobody') : undefined}
          onChange={(value) => set({ roles: value, operatorIds })}
        />
        <MultiSelect
          label={t('ruling.step.people')}
          searchable
          data={[
            ...known.map(({ id, name: label }) => ({ value: id, label })),
            ...gone.map((id) => ({ value: id, label: t('ruling.step.gone', { id: id.slice(-6) }) })),
          ]}
          value={operatorIds}
          error={!isNobody && isTooFew ? t('ruling.step.tooFew', { needed }) : undefined}
          onChange={(value) => set({ roles, operatorIds: value })}
        />
      </Group>
    </Card>
  );
}
