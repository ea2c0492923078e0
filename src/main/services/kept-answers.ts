import { ChanceryError } from '../../shared/errors.ts';
import type { Principal } from './context.ts';
import { answerOwner, answerPurpose } from './finish.ts';
import type { Rooms } from './rooms.ts';

/** How long an answer can be asked for again. */
const keptForMs = 24 * 60 * 60_000;

/**
 * The answer that an earlier request with this Idempotency-Key got, or undefined. Throws
 * IDEMPOTENCY_KEY_REUSED where that was another request.
 */
export async function findKeptAnswer(
  rooms: Rooms,
  principal: Principal,
  key: string,
  fingerprint: string,
): Promise<{ output: unknown } | undefined> {
  const owner = answerOwner(principal);
  const kept = await rooms.store.installation.findAnswer(owner, key);
  if (!kept) return undefined;
  if (kept.fingerprint !== fingerprint) {
    throw new ChanceryError({
      code: 'IDEMPOTENCY_KEY_REUSED',
      detail: 'This idempotency key was used for a request with other content.',
      hint: 'Use a new key for each request, and the same one only to repeat it.',
    });
  }
  const opened = rooms.vault.open(answerPurpose(owner, key), kept.sealed);
  return { output: JSON.parse(Buffer.from(opened).toString()) };
}

/** Forgets what nobody will ask for any more. */
export async function forgetOldAnswers(rooms: Rooms): Promise<void> {
  const statement = rooms.store.installation.forgetAnswersBefore(rooms.clock().getTime() - keptForMs);
  await rooms.store.commit({ statements: [statement], events: [] });
}
