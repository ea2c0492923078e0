/** What people note about a certificate, which itself stays as it is. */
import { Button, Card, Group, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CertificateDetail } from '../../../shared/model/certificate.ts';
import { useMay } from '../../app/permissions.ts';
import { useAction } from '../../client/queries.ts';
import { FormDialog } from '../../components/form-dialog.tsx';
import { NotesEditor, notesFrom, notesOf } from '../../components/notes-editor.tsx';
import { NotesView } from '../../components/notes-view.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';

interface NotesProps {
  readonly certificate: Pick<CertificateDetail, 'id' | 'metadata'>;
}

function NotesDialog({ certificate, onClose }: NotesProps & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { id, metadata } = certificate;
  const [notes, setNotes] = useState(() => {
    const rows = notesOf(metadata);
    return rows.length === 0 ? [{ name: '', value: '' }] : rows;
  });
  const save = useAction('certificates.metadata', ['certificates.show', 'certificates.list', 'audit.list']);
  return (
    <FormDialog
      onClose={onClose}
      size={620}
      title={t('notes.edit')}
      closeOnClickOutside={false}
      onSubmit={() => {
        const noted = notesFrom(notes);
        const replaced = Object.keys(noted).length === 0 ? null : noted;
        save.mutate({ id, metadata: replaced }, { onSuccess: onClose });
      }}
      action={
        <Button type="submit" loading={save.isPending}>
          {t('action.save')}
        </Button>
      }
    >
      <NotesEditor notes={notes} onChange={setNotes} />
      <ProblemNotice error={save.error} />
    </FormDialog>
  );
}

export function NotesCard({ certificate }: NotesProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [isEditing, editing] = useDisclosure(false);
  return (
    <Card>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{t('notes.title')}</Title>
        {may('certificates.metadata') ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPencil size={14} />}
            onClick={editing.open}
          >
            {t('notes.edit')}
          </Button>
        ) : null}
      </Group>
      <NotesView metadata={certificate.metadata} />
      {isEditing ? <NotesDialog certificate={certificate} onClose={editing.close} /> : null}
    </Card>
  );
}
