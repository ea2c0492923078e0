import { ChanceryError, type Violation } from '../../../shared/errors.ts';
import type { Metadata } from '../../../shared/model/basics.ts';
import { noteProblem } from '../../domain/index.ts';
import type { Rooms } from '../rooms.ts';
import { definitionOf } from './field-definition.ts';

/** Throws INVALID_INPUT for notes that are not what the fields of their names say; other names are free. */
export async function checkNotes(rooms: Rooms, realmId: string, notes: Metadata): Promise<void> {
  if (Object.keys(notes).length === 0) return;
  const fields = await rooms.store.named.fields.all([realmId]);
  const violations: Violation[] = [];
  for (const [name, value] of Object.entries(notes)) {
    const field = fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const problem = field && noteProblem(definitionOf(field), value);
    if (problem !== undefined)
      violations.push({ path: ['metadata', name], rule: 'metadata.field', message: `'${name}' ${problem}.` });
  }
  const [first] = violations;
  if (first) throw new ChanceryError({ code: 'INVALID_INPUT', detail: first.message, violations });
}
