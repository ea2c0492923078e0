/** The end of every change: one unit of work with its audit event, and with the answer where it must be repeatable. */
import { type AuditEntry, writeEntry } from '../audit/index.ts';
import type { Statement } from '../store/index.ts';
import type { Context } from './context.ts';
import { keptAnswer } from './kept-answers.ts';
import type { Rooms } from './rooms.ts';

export interface EventFields {
  readonly type: string;
  readonly realm?: string | null;
  readonly subject?: AuditEntry['subject'];
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly outcome?: AuditEntry['outcome'];
}

/** The text of an audit event about what this caller did. */
export function auditEvent(rooms: Pick<Rooms, 'clock'>, context: Context, fields: EventFields): string {
  const { principal, door } = context;
  return writeEntry({
    at: rooms.clock().toISOString(),
    type: fields.type,
    actor: { kind: principal.kind, id: principal.id, name: principal.name },
    door: door.address === null ? door.kind : `${door.kind} ${door.address}`,
    outcome: fields.outcome ?? 'success',
    realm: fields.realm ?? null,
    subject: fields.subject ?? null,
    detail: fields.detail ?? {},
  });
}

export interface Change {
  readonly statements: readonly Statement[];
  readonly event: EventFields;
  /** What else happened with it. */
  readonly further?: readonly EventFields[];
}

/**
 * Commits the statements with their event and gives back the output. Where the caller sent an Idempotency-Key,
 * the sealed output is kept in the same transaction, so that a repeat after any crash finds both or neither.
 */
export async function finish<T>(rooms: Rooms, context: Context, change: Change, output: T): Promise<T> {
  const statements = [...change.statements];
  if (context.idempotency && rooms.vault.isOpen) {
    statements.push(keptAnswer(rooms, context.principal, context.idempotency, output));
  }
  const events = [change.event, ...(change.further ?? [])].map((event) => auditEvent(rooms, context, event));
  await rooms.store.commit({ statements, events });
  return output;
}
