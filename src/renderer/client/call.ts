/**
 * The typed client: one function over all operations of the contract. It knows the wire (paths, headers,
 * problem details) and nothing of screens; caching is in queries.ts.
 */
import { errorCatalogue } from '../../shared/errors.ts';
import {
  type Answer,
  type Input,
  type OperationId,
  type Output,
  operationById,
} from '../../shared/operations/index.ts';
import { ApiProblem, problemOf } from './api-problem.ts';
import { buildRequest } from './build-request.ts';
import { sessionToken } from './session-token.ts';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Sent as Idempotency-Key: a repetition of the same form gets the first answer. */
  readonly idempotencyKey?: string | undefined;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    const fields = { status: 0, title: 'Chancery does not answer', detail: '' } as const;
    throw new ApiProblem({ code: 'UNREACHABLE', ...fields }, cause);
  }
}

/** The answer as it came; throws ApiProblem for every failure but the cancelling of `signal`. */
async function answerOf(
  id: OperationId,
  input: Readonly<Record<string, unknown>>,
  options: CallOptions,
  accept: string,
): Promise<Response> {
  const request = buildRequest(operationById(id), input);
  const token = sessionToken();
  const response = await send(request.url, {
    method: request.method,
    cache: 'no-store',
    credentials: 'omit',
    signal: options.signal ?? null,
    body: request.body ?? null,
    headers: {
      accept,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
    },
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Calls an operation; throws ApiProblem for every failure but the cancelling of `signal`. */
export async function call<Id extends OperationId>(
  id: Id,
  input: Input<Id>,
  options: CallOptions = {},
): Promise<Answer<Id>> {
  const response = await answerOf(
    id,
    input as Readonly<Record<string, unknown>>,
    options,
    'application/json',
  );
  if (response.status === 204) return {} as Answer<Id>;
  try {
    return (await response.json()) as Answer<Id>;
  } catch (cause) {
    const { title } = errorCatalogue.INTERNAL;
    throw new ApiProblem(
      { code: 'INTERNAL', status: response.status, title, detail: 'The answer is not JSON.' },
      cause,
    );
  }
}

/** Operations that answer a text of any length. */
export type StreamId = {
  [Id in OperationId]: Output<Id> extends { readonly chunks: unknown } ? Id : never;
}[OperationId];

/** The text that an operation streams, without a copy of it as a string. */
export async function callForText<Id extends StreamId>(id: Id, input: Input<Id>): Promise<Blob> {
  const response = await answerOf(id, input as Readonly<Record<string, unknown>>, {}, '*/*');
  return response.blob();
}
