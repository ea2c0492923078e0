import { ChanceryError, type ErrorCode, errorCatalogue, type Violation } from '../../shared/errors.ts';
import type { FileContent } from '../../shared/model/basics.ts';
import type { OperationFields } from '../../shared/operations/operation.ts';
import { isStreamSchema } from '../http/file-answer.ts';
import type { Input } from './command-input.ts';
import { operationRequest } from './operation-request.ts';
import type { Transport } from './transport.ts';

/** Calls an operation and answers its output. Throws the problem of a refusal as the ChanceryError that it was. */
export async function callOperation(
  transport: Pick<Transport, 'send'>,
  operation: OperationFields,
  input: Input,
  token: string | null,
): Promise<object> {
  const answer = await transport.send(operationRequest(operation, input, token));
  if (answer.status < 400 && isStreamSchema(operation.output)) return textFile(answer.body);
  const body = JSON.parse(answer.body || '{}') as object;
  if (answer.status < 400) return body;
  throw asError(body);
}

/** A text that came in pieces, as the file that it is. */
function textFile(text: string): FileContent {
  const contentBase64 = Buffer.from(text).toString('base64');
  return { fileName: 'list.csv', mediaType: 'text/csv', contentBase64 };
}

interface ProblemFields {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly hint?: unknown;
  readonly violations?: readonly Violation[];
}

function asError(body: unknown): ChanceryError {
  const { code, detail, hint, violations, ...others } = body as ProblemFields & Record<string, unknown>;
  const { type: _type, title: _title, status: _status, ...data } = others;
  const isKnown = typeof code === 'string' && Object.hasOwn(errorCatalogue, code);
  return new ChanceryError({
    code: isKnown ? (code as ErrorCode) : 'INTERNAL',
    detail: String(detail ?? 'The answer cannot be understood.'),
    hint: typeof hint === 'string' ? hint : undefined,
    violations: violations?.map(({ path, rule, message }) => ({ path, rule, message })),
    data,
  });
}
