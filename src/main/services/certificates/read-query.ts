import { ChanceryError } from '../../../shared/errors.ts';
import { noteKind } from '../../../shared/query/note-kind.ts';
import { parseQuery } from '../../../shared/query/parse-query.ts';
import type { Query } from '../../../shared/query/query.ts';
import { QueryError } from '../../../shared/query/query-error.ts';
import type { NoteField } from '../../../shared/query/query-fields.ts';
import type { Principal } from '../context.ts';
import { definitionOf } from '../metadata-fields/field-definition.ts';
import type { Rooms } from '../rooms.ts';

/**
 * The query that a text is, with what is noted in the realms as fields of its own. Throws INVALID_INPUT, which says
 * where the text is wrong and what was expected there.
 */
export async function readQuery(
  rooms: Rooms,
  text: string,
  { name: me }: Principal,
  realmIds: readonly string[],
): Promise<Query> {
  const now = rooms.clock();
  let asksForNotes = false;
  const first = readOr(text, {
    ...{ now, me },
    findNote: (note) => {
      asksForNotes = true;
      return { note, names: [], kind: 'text' };
    },
  });
  // What is noted is looked up only where something is asked for that is no field of a certificate.
  if (!asksForNotes) return orThrow(first);
  const notes = await noteFields(rooms, realmIds);
  const findNote = (name: string) => notes.get(name.toLowerCase());
  const noteNames = [...notes.values()].map(({ note }) => note);
  return orThrow(readOr(text, { now, me, findNote, noteNames }));
}

function readOr(text: string, options: Parameters<typeof parseQuery>[1]): Query | QueryError {
  try {
    return parseQuery(text, options);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}

function orThrow(read: Query | QueryError): Query {
  if (!(read instanceof QueryError)) return read;
  const { message, position, length, suggestion } = read;
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: `The query is wrong at character ${position + 1}: ${message}`,
    violations: [{ path: ['query'], rule: 'query.syntax', message }],
    data: { position, length, ...(suggestion !== undefined && { suggestion }) },
    cause: read,
  });
}

/** By their names in lower case. */
async function noteFields(rooms: Rooms, realmIds: readonly string[]): Promise<Map<string, NoteField>> {
  const found = new Map<string, NoteField>();
  const defined = await rooms.store.named.fields.all(realmIds);
  for (const row of defined) {
    const kind = noteKind(definitionOf(row).type);
    found.set(row.name.toLowerCase(), { note: row.name, names: [row.name], kind });
  }
  for (const name of await rooms.store.certificates.noteNames(realmIds)) {
    const known = found.get(name.toLowerCase());
    const names = new Set([...(known?.names ?? []), name]);
    found.set(name.toLowerCase(), {
      note: known?.note ?? name,
      names: [...names],
      kind: known?.kind ?? 'text',
    });
  }
  return found;
}
