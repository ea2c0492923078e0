/** Changing and deleting one profile, in its row. */
import { ActionIcon, Group } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../shared/operations/profiles.ts';
import { useAction } from '../../client/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProfileEditor } from './profile-editor.tsx';

export function ProfileActions({ profile }: { readonly profile: Profile }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<'change' | 'delete' | null>(null);
  const remove = useAction('profiles.delete', ['profiles.list', 'audit.list']);
  const close = () => setOpened(null);
  return (
    <>
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('ruling.edit', { name: profile.name })}
          onClick={() => setOpened('change')}
        >
          <IconPencil size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('ruling.remove', { name: profile.name })}
          onClick={() => setOpened('delete')}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      {opened === 'change' && <ProfileEditor profile={profile} onClose={close} />}
      <ConfirmDialog
        opened={opened === 'delete'}
        onClose={close}
        title={t('ruling.deleteProfile')}
        action={t('ruling.deleteProfile')}
        running={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ id: profile.id }, { onSuccess: close })}
      >
        {t('ruling.deleteProfileText', { name: profile.name })}
      </ConfirmDialog>
    </>
  );
}
