/** What is noted about a thing. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Metadata } from '../../shared/model/basics.ts';
import { FieldList } from './field-list.tsx';

export function NotesView({ metadata }: { readonly metadata: Metadata }) {
  const { t } = useTranslation();
  const notes = Object.entries(metadata);
  if (notes.length === 0) return <Text c="dimmed">{t('notes.none')}</Text>;
  return <FieldList fields={notes.map(([label, value]) => ({ label, value, copy: value }))} />;
}
