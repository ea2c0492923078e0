/** Makes or changes a role of one's own: its permissions by area, some of them for own objects alone. */
import { Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownablePermissions, type Permission, permissions } from '../../../shared/model/permissions.ts';
import type { RoleSummary } from '../../../shared/operations/roles.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { formProblem } from '../../components/form-problem.ts';
import { ProblemNotice } from '../../components/problem-notice.tsx';

type Ownable = (typeof ownablePermissions)[number];
const stale = ['roles.list', 'operators.access', 'clients.access', 'audit.list'] as const;
const byArea = [...Map.groupBy(permissions, (permission) => permission.split('.')[0] ?? '')];

interface RoleDialogProps {
  readonly role?: RoleSummary;
  readonly onClose: () => void;
}

export function RoleDialog({ role, onClose }: RoleDialogProps) {
  const { t } = useTranslation();
  const create = useAction('roles.create', stale);
  const update = useAction('roles.update', stale);
  const action = role === undefined ? create : update;
  const [name, setName] = useState(role?.name ?? '');
  const [slug, setSlug] = useState(role?.slug ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(new Set(role?.permissions));
  const [own, setOwn] = useState<ReadonlySet<Permission>>(new Set(role?.ownOnly));
  const toggled = (set: ReadonlySet<Permission>, permission: Permission) =>
    new Set(set.has(permission) ? [...set].filter((one) => one !== permission) : [...set, permission]);
  const problem = action.error === null ? undefined : formProblem(action.error, ['slug', 'name']);
  const save = () => {
    const ownOnly = ownablePermissions.filter((one): one is Ownable => own.has(one) && chosen.has(one));
    const content = { name: name.trim(), permissions: [...chosen], ownOnly };
    if (role === undefined) create.mutate({ slug, ...content }, { onSuccess: onClose });
    else update.mutate({ slug: role.slug, ...content }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      onClose={onClose}
      size="xl"
      title={role === undefined ? t('roles.new') : t('roles.editWhat', { name: role.name })}
      onSubmit={save}
      action={
        <Button type="submit" loading={action.isPending} disabled={chosen.size === 0}>
          {role === undefined ? t('roles.create') : t('action.save')}
        </Button>
      }
    >
      <ProblemNotice error={action.error} shownAtFields={problem?.shown ?? []} />
      <Group grow align="flex-start">
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
          disabled={role !== undefined}
          value={slug}
          onChange={(event) => setSlug(event.currentTarget.value)}
          error={problem?.errors.slug}
        />
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" verticalSpacing="xs">
        {byArea.map(([area, inArea]) => (
          <Fieldset key={area} legend={area} p="xs">
            <Stack gap={6}>
              {inArea.map((permission) => (
                <div key={permission}>
                  <Checkbox
                    size="xs"
                    label={<span className="mono">{permission}</span>}
                    checked={chosen.has(permission)}
                    onChange={() => setChosen(toggled(chosen, permission))}
                  />
                  {ownablePermissions.some((one) => one === permission) && chosen.has(permission) ? (
                    <Checkbox
                      size="xs"
                      ml={26}
                      mt={4}
                      label={t('roles.ownOnly')}
                      aria-label={t('roles.ownOnlyOf', { permission })}
                      checked={own.has(permission)}
                      onChange={() => setOwn(toggled(own, permission))}
                    />
                  ) : null}
                </div>
              ))}
            </Stack>
          </Fieldset>
        ))}
      </SimpleGrid>
    </FormDialog>
  );
}
