/** Creates an operator with a first role. */
import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { GrantFields, type GrantValues, grantInput } from './grant-fields.tsx';

const fields = ['name', 'role', 'realms', 'password'];

interface NewOperatorDialogProps {
  readonly isFirst: boolean;
  readonly onClose: () => void;
}

export function NewOperatorDialog({ isFirst, onClose }: NewOperatorDialogProps) {
  const { t } = useTranslation();
  const create = useAction('operators.create', ['operators.list', 'sessions.whoami', 'audit.list']);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [grant, setGrant] = useState<GrantValues>({ role: isFirst ? 'administrator' : null, realms: [] });
  const problem = create.error === null ? undefined : formProblem(create.error, fields);
  return (
    <FormDialog
      onClose={onClose}
      title={t('operators.new')}
      onSubmit={() => {
        create.mutate({ name: name.trim(), password, ...grantInput(grant) }, { onSuccess: onClose });
      }}
      action={
        <Button type="submit" loading={create.isPending} disabled={grant.role === null}>
          {t('operators.create')}
        </Button>
      }
    >
      {isFirst ? (
        <Alert color="yellow" variant="light">
          {t('operators.first')}
        </Alert>
      ) : null}
      <ProblemNotice error={create.error} shownAtFields={problem?.shown ?? []} />
      <TextInput
        label={t('field.name')}
        required
        maxLength={120}
        autoComplete="off"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem?.errors.name}
      />
      <GrantFields value={grant} onChange={setGrant} errors={problem?.errors} onlyAdministrator={isFirst} />
      <PasswordInput
        label={t('operators.password')}
        description={t('operators.passwordText')}
        required
        minLength={10}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={problem?.errors.password}
      />
    </FormDialog>
  );
}
