/** Notes about a thing: a name and a text in each row. */
import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Metadata } from '../../shared/model/basics.ts';

export interface Note {
  readonly name: string;
  readonly value: string;
}

/** The rows of what is noted. */
export function notesOf(metadata: Metadata): Note[] {
  return Object.entries(metadata).map(([name, value]) => ({ name, value }));
}

/** What the rows note; a row without a name notes nothing. */
export function notesFrom(notes: readonly Note[]): Metadata {
  return Object.fromEntries(
    notes.map(({ name, value }) => [name.trim(), value.trim()]).filter(([name]) => name !== ''),
  );
}

interface NotesEditorProps {
  readonly notes: readonly Note[];
  readonly onChange: (notes: Note[]) => void;
}

export function NotesEditor({ notes, onChange }: NotesEditorProps) {
  const { t } = useTranslation();
  const change = (index: number, change: Partial<Note>) =>
    onChange(notes.map((note, at) => (at === index ? { ...note, ...change } : note)));
  return (
    <Fieldset variant="unstyled" legend={<Text fw={570}>{t('notes.title')}</Text>}>
      <Stack gap="xs">
        {notes.map(({ name, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <Group key={index} gap="xs" wrap="nowrap">
            <TextInput
              w={160}
              maxLength={100}
              aria-label={t('notes.name', { number: index + 1 })}
              placeholder={t('notes.nameExample')}
              value={name}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
            />
            <TextInput
              style={{ flex: 1 }}
              maxLength={1000}
              aria-label={t('notes.value', { number: index + 1 })}
              placeholder={t('notes.valueExample')}
              value={value}
              onChange={(event) => change(index, { value: event.currentTarget.value })}
            />
            <ActionIcon
              size={36}
              variant="subtle"
              color="gray"
              aria-label={t('notes.remove', { number: index + 1 })}
              onClick={() => onChange(notes.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...notes, { name: '', value: '' }])}
          >
            {t('notes.add')}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
