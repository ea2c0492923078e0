import type { ChanceryError } from '../../shared/errors.ts';
import type { OperationFields } from '../../shared/operations/operation.ts';
import type { Context } from './context.ts';
import { auditEvent } from './finish.ts';
import type { Rooms } from './rooms.ts';

/** Writes that a change was refused or failed: the one trace that it leaves. Never throws. */
export async function recordFailure(
  rooms: Rooms,
  operation: OperationFields,
  context: Context,
  error: ChanceryError,
): Promise<void> {
  const detail = {
    operation: operation.id,
    code: error.code,
    rules: error.violations?.slice(0, 20).map((violation) => violation.rule),
  };
  const event = auditEvent(rooms, context, {
    type: operation.audit ?? operation.id,
    outcome: 'failure',
    detail,
  });
  // Where the disk is full, the refusal cannot be written either; the caller learns of the disk.
  await rooms.store.commit({ statements: [], events: [event] }).catch(() => undefined);
}
