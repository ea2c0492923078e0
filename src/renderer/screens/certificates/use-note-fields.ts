/** What is noted about certificates, as fields of a query. */
import { useMemo } from 'react';
import { noteKind } from '../../../shared/query/note-kind.ts';
import type { NoteField } from '../../../shared/query/query-fields.ts';
import { useMay } from '../../app/permissions.ts';
import { useOperation } from '../../client/queries.ts';

/** Undefined where they are not known: not yet, not all of them, or not to this person. */
export function useNoteFields(isWanted: boolean): readonly NoteField[] | undefined {
  const may = useMay();
  const enabled = isWanted && may('metadata-fields.read');
  const { data } = useOperation('metadata-fields.list', { limit: 200 }, { enabled });
  return useMemo(() => {
    if (data === undefined || data.nextCursor !== null) return undefined;
    const defined = data.items.map(({ name, type }) => ({ note: name, names: [name], kind: noteKind(type) }));
    const others = data.otherNames.map((name) => ({ note: name, names: [name], kind: 'text' as const }));
    return [...defined, ...others];
  }, [data]);
}
