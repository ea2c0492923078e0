import { ChanceryError } from '../../../shared/errors.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import { newId } from '../../crypto/index.ts';
import { addDuration, parseDuration } from '../../domain/index.ts';
import { hashToken, newSecret } from '../../keys/index.ts';
import type { Statement } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { clientEvent } from './client-event.ts';
import { requireClient } from './require-client.ts';

const longestOverlapMs = 90 * 86_400_000;

interface NewSecret {
  readonly clientSecret: string;
  readonly expiresAt: number | null;
  readonly statement: Statement;
}

/** A secret for the client, good for so long, or for ever; it is stored hashed. Throws INVALID_INPUT. */
export function makeSecret(
  rooms: Rooms,
  clientId: string,
  validity: string | undefined,
  now: Date,
): NewSecret {
  const clientSecret = newSecret('chc_');
  const expiresAt = validity === undefined ? null : addDuration(now, parseDuration(validity)).getTime();
  const row = {
    id: newId(now),
    clientId,
    hash: hashToken(clientSecret),
    createdAt: now.getTime(),
    expiresAt,
    lastUsedAt: null,
  };
  return { clientSecret, expiresAt, statement: rooms.store.clientCredentials.insertSecret(row) };
}

/** When the former secret ends; null for at once. Throws INVALID_INPUT for longer than 90 days. */
function overlapEnd(overlap: string | undefined, now: Date): number | null {
  if (overlap === undefined) return null;
  const end = addDuration(now, parseDuration(overlap)).getTime();
  if (end - now.getTime() <= longestOverlapMs) return end;
  const detail = 'The old secret can live on for 90 days at most.';
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail,
    violations: [{ path: ['overlap'], rule: 'overlap.tooLong', message: detail }],
  });
}

/** A new secret beside the newest one, which lives on for the overlap, or in place of all of them. */
export async function resetSecret(
  rooms: Rooms,
  input: ParsedInput<'clients.reset-secret'>,
  context: Context,
): Promise<Output<'clients.reset-secret'>> {
  const row = await requireClient(rooms, context, input.id);
  const { clientCredentials, tokens } = rooms.store;
  const now = rooms.clock();
  const end = overlapEnd(input.overlap, now);
  const made = makeSecret(rooms, row.id, input.secretValidity, now);
  const isLive = ({ expiresAt }: { readonly expiresAt: number | null }) =>
    expiresAt === null || expiresAt > now.getTime();
  const former = clientCredentials.secretsOf(row.id);
  // Two live at most: the new one, and the newest of those before.
  const kept = end === null ? undefined : former.find(isLive);
  const keptUntil = kept && end !== null ? Math.min(end, kept.expiresAt ?? end) : null;
  const statements = [
    ...former.filter((one) => one !== kept).map(({ id }) => clientCredentials.deleteSecret(id)),
    ...(kept && keptUntil !== null ? [clientCredentials.endSecret(kept.id, keptUntil)] : []),
    ...(end === null ? [tokens.endAllOfClient(row.id)] : []),
    made.statement,
  ];
  const formerExpiresAt = keptUntil === null ? null : new Date(keptUntil).toISOString();
  const output = {
    clientId: row.clientId,
    clientSecret: made.clientSecret,
    expiresAt: made.expiresAt === null ? null : new Date(made.expiresAt).toISOString(),
    formerExpiresAt,
  };
  const event = clientEvent('client.secret-reset', row, { formerExpiresAt, expiresAt: output.expiresAt });
  return finish(rooms, context, { statements, event }, output);
}
