/** What can be done with a policy: try a request, look at its versions, change or delete it. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Policy } from '../../../shared/operations/policies.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { PolicyTester } from './policy-tester.tsx';
import { PolicyVersions } from './policy-versions.tsx';

type Opened = 'test' | 'versions' | 'change' | 'delete' | null;

export function PolicyActions({ policy }: { readonly policy: Policy }) {
  const { t } = useTranslation();
  const may = useMay();
  const [opened, setOpened] = useState<Opened>(null);
  const remove = useAction('policies.delete', ['policies.list', 'audit.list']);
  const close = () => setOpened(null);
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => setOpened('test')}>
          {t('ruling.test')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpened('versions')}>
          {t('ruling.versions')}
        </Button>
        {may('policies.write') && (
          <>
            <Button size="xs" onClick={() => setOpened('change')}>
              {t('ruling.change')}
            </Button>
            <Button size="xs" variant="subtle" color="red" onClick={() => setOpened('delete')}>
              {t('ruling.delete')}
            </Button>
          </>
        )}
      </Group>
      {opened === 'test' && <PolicyTester policy={policy} onClose={close} />}
      {opened === 'versions' && <PolicyVersions policy={policy} onClose={close} />}
      {opened === 'change' && <PolicyEditor policy={policy} isNew={false} onClose={close} />}
      <ConfirmDialog
        opened={opened === 'delete'}
        onClose={close}
        title={t('ruling.deletePolicy')}
        action={t('ruling.deletePolicy')}
        running={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ id: policy.id }, { onSuccess: close })}
      >
        {t('ruling.deletePolicyText', { name: policy.name })}
      </ConfirmDialog>
    </>
  );
}
