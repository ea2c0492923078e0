import type { FileContent, TextStream } from '../../shared/model/basics.ts';
import { isAccepted, type OperationFields } from '../../shared/operations/operation.ts';
import { entityTag, taggedResponse } from './etag.ts';
import { fileParts, isFileSchema, isStreamSchema, streamAnswer, wantsBytes } from './file-answer.ts';
import { wholeResponse } from './whole-response.ts';

/** The answer of an operation that succeeded: JSON, or the bare bytes of a file where Accept names its type. */
export function answer(
  operation: OperationFields,
  output: unknown,
  request: Request,
  isReplayed: boolean,
): Response {
  if (isStreamSchema(operation.output)) return streamAnswer(output as TextStream);
  const { body, headers } = represent(operation, output, request);
  headers.set('cache-control', 'no-store');
  if (isReplayed) headers.set('idempotency-replayed', 'true');
  const again = secondsToWait(output);
  if (again !== null) headers.set('retry-after', String(again));
  const status = isAccepted(operation, output) ? 202 : (operation.status ?? 200);
  if (status === 204) return new Response(null, { status, headers });
  if (operation.method === 'GET' && status === 200)
    return taggedResponse(request, body, entityTag(body), headers);
  return wholeResponse(body, { status, headers });
}

function represent(operation: OperationFields, output: unknown, request: Request) {
  if (isFileSchema(operation.output)) {
    const file = output as FileContent;
    if (wantsBytes(request.headers.get('accept'), file.mediaType)) {
      const { bytes, headers } = fileParts(file);
      headers.set('vary', 'accept');
      return { body: bytes, headers };
    }
  }
  return { body: JSON.stringify(output), headers: new Headers({ 'content-type': 'application/json' }) };
}

/** How long to wait before asking again, where the output says so (RFC 9110 section 10.2.3). */
function secondsToWait(output: unknown): number | null {
  if (typeof output !== 'object' || output === null || !('retryAfterSeconds' in output)) return null;
  return typeof output.retryAfterSeconds === 'number' ? output.retryAfterSeconds : null;
}
