/**
 * Answers kept under an Idempotency-Key, sealed. Its invariant: whoever asks again gets what the first request got.
 * A change keeps its answer in its own unit of work; what it could not know yet there, such as the CRL of a new
 * authority, is kept behind it.
 */
import { ChanceryError } from '../../shared/errors.ts';
import type { Statement } from '../store/index.ts';
import type { Context, Principal } from './context.ts';
import type { Rooms } from './rooms.ts';

/** How long an answer can be asked for again. */
const keptForMs = 24 * 60 * 60_000;
/** How long a job that was interrupted can go on. */
const jobsKeptForMs = 7 * keptForMs;

type KeptRequest = NonNullable<Context['idempotency']>;

/** Who a kept answer belongs to. */
export function answerOwner(principal: Principal): string {
  return `${principal.kind}:${principal.id ?? principal.name}`;
}

/**
 * The answer that an earlier request with this Idempotency-Key got, or undefined. Throws
 * IDEMPOTENCY_KEY_REUSED where that was another request.
 */
export async function findKeptAnswer(
  rooms: Rooms,
  principal: Principal,
  { key, fingerprint }: KeptRequest,
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
  const opened = rooms.vault.open(purpose(owner, key), kept.sealed);
  return { output: JSON.parse(Buffer.from(opened).toString()) };
}

/** What keeps the answer, to be written with the change; needs the vault open. */
export function keptAnswer(
  rooms: Rooms,
  principal: Principal,
  { key, fingerprint }: KeptRequest,
  output: unknown,
): Statement {
  const owner = answerOwner(principal);
  const sealed = rooms.vault.seal(purpose(owner, key), Buffer.from(JSON.stringify(output ?? null)));
  const createdAt = rooms.clock().getTime();
  return rooms.store.installation.keepAnswer(
    { principal: owner, key, fingerprint, sealed, createdAt },
    {
      code: 'IDEMPOTENCY_IN_PROGRESS',
      detail: 'A request with this idempotency key was finished meanwhile.',
    },
  );
}

/** Keeps the answer of a change that is done, where it has not kept it itself. */
export async function keepAnswerBehind(
  rooms: Rooms,
  principal: Principal,
  request: KeptRequest,
  output: unknown,
): Promise<void> {
  if (!rooms.vault.isOpen) return;
  if (await rooms.store.installation.findAnswer(answerOwner(principal), request.key)) return;
  await rooms.store.commit({ statements: [keptAnswer(rooms, principal, request, output)], events: [] });
}

/** Forgets what nobody will ask for any more. */
export async function forgetOldAnswers(rooms: Rooms): Promise<void> {
  const now = rooms.clock().getTime();
  const { jobs, installation } = rooms.store;
  const statements = [
    jobs.forget(now - keptForMs, now - jobsKeptForMs),
    installation.forgetAnswersBefore(now - keptForMs),
  ];
  await rooms.store.commit({ statements, events: [] });
}

/** What an answer is sealed for. */
function purpose(owner: string, key: string): string {
  return `answer:${owner}:${key}`;
}
