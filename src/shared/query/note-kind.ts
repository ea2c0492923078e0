import type { NoteType } from '../model/metadata-field.ts';
import type { NoteField } from './query-fields.ts';

const kindOfType: Partial<Record<NoteType, NoteField['kind']>> = {
  integer: 'number',
  date: 'date',
  boolean: 'boolean',
};

/** How a query compares what is noted in a field of that type. */
export function noteKind(type: NoteType): NoteField['kind'] {
  return kindOfType[type] ?? 'text';
}
