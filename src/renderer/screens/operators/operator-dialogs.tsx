/** The small dialogs about one operator. */
import { Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../client/api-problem.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { GrantFields, type GrantValues, grantInput } from './grant-fields.tsx';

const stale = [
  'operators.list',
  'operators.show',
  'operators.access',
  'sessions.list',
  'audit.list',
] as const;

interface AskProps {
  readonly title: string;
  readonly action: string;
  readonly isRunning: boolean;
  readonly error: ApiProblem | null;
  readonly shownAtFields?: readonly string[];
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Ask({ title, action, isRunning, error, shownAtFields = [], onSubmit, onClose, children }: AskProps) {
  return (
    <FormDialog
      onClose={onClose}
      title={title}
      onSubmit={onSubmit}
      action={
        <Button type="submit" loading={isRunning}>
          {action}
        </Button>
      }
    >
      <ProblemNotice error={error} shownAtFields={shownAtFields} />
      {children}
    </FormDialog>
  );
}

interface OfOperator {
  readonly id: string;
  readonly onClose: () => void;
}

export function GiveRoleDialog({ id, onClose }: OfOperator) {
  const { t } = useTranslation();
  const grant = useAction('operators.grant', stale);
  const [value, setValue] = useState<GrantValues>({ role: null, realms: [] });
  const problem = grant.error === null ? undefined : formProblem(grant.error, ['role', 'realms']);
  return (
    <Ask
      title={t('operators.give')}
      action={t('operators.giveAction')}
      isRunning={grant.isPending}
      error={grant.error}
      shownAtFields={problem?.shown ?? []}
      onSubmit={() => grant.mutate({ id, ...grantInput(value) }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <GrantFields value={value} onChange={setValue} errors={problem?.errors} />
    </Ask>
  );
}

export function RenameDialog({ id, name, onClose }: OfOperator & { readonly name: string }) {
  const { t } = useTranslation();
  const rename = useAction('operators.rename', stale);
  const [value, setValue] = useState(name);
  return (
    <Ask
      title={t('operators.rename')}
      action={t('action.save')}
      isRunning={rename.isPending}
      error={rename.error}
      onSubmit={() => rename.mutate({ id, name: value.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextInput
        label={t('field.name')}
        required
        maxLength={120}
        data-autofocus
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </Ask>
  );
}

export function SetPasswordDialog({ id, name, onClose }: OfOperator & { readonly name: string }) {
  const { t } = useTranslation();
  const set = useAction('operators.set-password', stale);
  const [value, setValue] = useState('');
  return (
    <Ask
      title={t('operators.setPassword')}
      action={t('operators.setPassword')}
      isRunning={set.isPending}
      error={set.error}
      onSubmit={() => set.mutate({ id, password: value }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text size="sm">{t('operators.setPasswordText', { name })}</Text>
      <PasswordInput
        label={t('operators.password')}
        description={t('operators.passwordText')}
        required
        minLength={10}
        autoComplete="new-password"
        data-autofocus
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </Ask>
  );
}
