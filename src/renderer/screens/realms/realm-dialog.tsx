/** Makes a realm, or changes its name, its contacts and the role of its API clients. */
import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Realm } from '../../../shared/operations/realms.ts';
import { useAction, useOperation } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { roleName } from '../../components/role-name.ts';

const stale = ['realms.list', 'clients.access', 'audit.list'] as const;

interface RealmDialogProps {
  readonly realm?: Realm;
  readonly onClose: () => void;
}

export function RealmDialog({ realm, onClose }: RealmDialogProps) {
  const { t } = useTranslation();
  const roles = useOperation('roles.list', { limit: 500 }, { enabled: realm !== undefined });
  const create = useAction('realms.create', stale);
  const update = useAction('realms.update', stale);
  const action = realm === undefined ? create : update;
  const [name, setName] = useState(realm?.name ?? '');
  const [slug, setSlug] = useState(realm?.slug ?? '');
  const [contacts, setContacts] = useState(realm?.contacts.join(', ') ?? '');
  const [defaultRole, setDefaultRole] = useState(realm?.defaultRole ?? 'api-client');
  const problem = action.error === null ? undefined : formProblem(action.error, ['slug', 'name', 'contacts']);
  const save = () => {
    const addresses = contacts.split(',').map((one) => one.trim());
    const content = { name: name.trim(), contacts: addresses.filter((one) => one !== '') };
    if (realm === undefined) create.mutate({ slug, ...content }, { onSuccess: onClose });
    else update.mutate({ id: realm.slug, ...content, defaultRole }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      onClose={onClose}
      title={realm === undefined ? t('realms.new') : realm.name}
      onSubmit={save}
      action={
        <Button type="submit" loading={action.isPending}>
          {realm === undefined ? t('realms.create') : t('action.save')}
        </Button>
      }
    >
      <ProblemNotice error={action.error} shownAtFields={problem?.shown ?? []} />
      <TextInput
        label={t('field.name')}
        required
        maxLength={120}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem?.errors.name}
      />
      <TextInput
        label={t('field.slug')}
        required
        maxLength={63}
        disabled={realm !== undefined}
        value={slug}
        onChange={(event) => setSlug(event.currentTarget.value)}
        error={problem?.errors.slug}
      />
      <TextInput
        label={t('realms.contacts')}
        description={t('realms.contactsText')}
        value={contacts}
        onChange={(event) => setContacts(event.currentTarget.value)}
        error={problem?.errors.contacts}
      />
      {realm === undefined ? null : (
        <Select
          label={t('realms.defaultRole')}
          description={t('realms.defaultRoleText')}
          allowDeselect={false}
          data={(roles.data?.items ?? [])
            .filter(({ slug: one }) => one !== 'administrator')
            .map(({ slug: value }) => ({ value, label: roleName(t, value) }))}
          value={defaultRole}
          onChange={(next) => setDefaultRole(next ?? 'api-client')}
        />
      )}
    </FormDialog>
  );
}
