import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Policy } from '../../../shared/operations/policies.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { definitionOf, presentPolicy, requirePolicy, requireUsable } from './require-policy.ts';

/** Gives a policy another name or, as its next version, another definition. Throws PRECONDITION_FAILED. */
export async function updatePolicy(
  rooms: Rooms,
  input: ParsedInput<'policies.update'>,
  context: Context,
): Promise<Policy> {
  const { row, realm } = await requirePolicy(rooms, context, input.id, input.realm);
  if (input.expectedVersion !== undefined && input.expectedVersion !== row.version) {
    throw new ChanceryError({
      code: 'PRECONDITION_FAILED',
      detail: `The policy ${row.slug} has version ${row.version} by now, not ${input.expectedVersion}.`,
      hint: 'Look at it again, and make the change once more.',
    });
  }
  if (input.definition) requireUsable(input.definition);
  // Compared as it is read, so that what an older version of this program left out makes no new version.
  const former = JSON.stringify(definitionOf(row));
  const definition = input.definition === undefined ? former : JSON.stringify(input.definition);
  const isOther = definition !== former;
  const next = {
    ...row,
    name: input.name ?? row.name,
    ...(isOther && { definition, version: row.version + 1 }),
  };
  const statements = rooms.store.policies.updatePolicy(
    row,
    next,
    context.principal.name,
    rooms.clock().getTime(),
  );
  const event = {
    type: 'policy.updated',
    realm: realm.id,
    subject: { kind: 'policy', id: row.id, name: row.slug },
    detail: {
      version: next.version,
      ...(next.name !== row.name && { name: next.name }),
      ...(isOther && { definition: input.definition }),
    },
  };
  return finish(rooms, context, { statements, event }, presentPolicy(next, realm.slug)).finally(() =>
    rooms.profiles.refresh(),
  );
}
