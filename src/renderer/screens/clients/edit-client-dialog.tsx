/** Changes what an API client is called, where it acts, and what it may do there. */
import { Button, MultiSelect, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiClient } from '../../../shared/operations/clients.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleName } from '../../components/role-name.ts';
import { changedByClients } from './changed-by-clients.ts';

const fields = ['name', 'realms', 'defaultProfile', 'role'];

interface EditClientDialogProps {
  readonly client: ApiClient;
  readonly onClose: () => void;
}

export function EditClientDialog({ client, onClose }: EditClientDialogProps) {
  const { t } = useTranslation();
  const may = useMay();
  const realms = useOperation('realms.list', { limit: 500 });
  const profiles = useOperation('profiles.list', { limit: 500 });
  const roles = useOperation('roles.list', { limit: 500 }, { enabled: may('roles.read') });
  const update = useAction('clients.update', changedByClients);
  const [name, setName] = useState(client.name);
  const [chosen, setChosen] = useState<string[]>(client.realms);
  const [defaultProfile, setDefaultProfile] = useState(client.defaultProfile);
  const [role, setRole] = useState(client.role);
  const [passwordGrant, setPasswordGrant] = useState(client.passwordGrant);
  const problem = update.error === null ? undefined : formProblem(update.error, fields);
  const open = (realms.data?.items ?? []).filter(({ builtIn, archived }) => !builtIn && !archived);
  const usable = (profiles.data?.items ?? []).filter(({ realm }) => chosen.includes(realm));
  const save = () =>
    update.mutate(
      {
        id: client.id,
        // Only what was changed is said: to take a client into a realm needs less than to rename it.
        ...(name.trim() !== client.name && { name: name.trim() }),
        ...(chosen.join() !== client.realms.join() && { realms: chosen }),
        ...(defaultProfile !== client.defaultProfile && { defaultProfile }),
        ...(role !== client.role && { role }),
        ...(passwordGrant !== client.passwordGrant && { passwordGrant }),
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={t('client.editTitle')}
      onSubmit={save}
      action={
        <Button type="submit" loading={update.isPending}>
          {t('action.save')}
        </Button>
      }
    >
      <ProblemNotice error={update.error} shownAtFields={problem?.shown ?? []} />
      <TextInput
        label={t('field.name')}
        required
        maxLength={120}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem?.errors.name}
      />
      <MultiSelect
        label={t('field.realms')}
        description={t('clients.realmsText')}
        data={open.map(({ slug, name: label }) => ({ value: slug, label }))}
        value={chosen}
        onChange={setChosen}
        error={problem?.errors.realms}
      />
      <Select
        label={t('field.defaultPolicy')}
        description={t('clients.defaultPolicyText')}
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        data={usable.map(({ slug, name: label }) => ({ value: slug, label }))}
        value={defaultProfile}
        onChange={setDefaultProfile}
        error={problem?.errors.defaultProfile}
      />
      {may('roles.read') ? (
        <Select
          label={t('client.role')}
          placeholder={t('client.defaultRole')}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          data={(roles.data?.items ?? [])
            .filter(({ slug }) => slug !== 'administrator')
            .map(({ slug }) => ({ value: slug, label: roleName(t, slug) }))}
          value={role}
          onChange={setRole}
          error={problem?.errors.role}
        />
      ) : null}
      <Switch
        label={t('client.passwordGrant')}
        checked={passwordGrant}
        onChange={(event) => setPasswordGrant(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
