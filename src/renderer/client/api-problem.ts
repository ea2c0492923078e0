/** What went wrong on a call, as the service told it (RFC 9457 problem details) or as the wire did. */
import { type ErrorCode, errorCatalogue, type Violation } from '../../shared/errors.ts';

/** Codes of the service, and the two that only a caller can see. */
export type ProblemCode = ErrorCode | 'UNREACHABLE' | 'CANCELLED';

interface ProblemFields {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly hint?: string | undefined;
  readonly violations?: readonly Violation[] | undefined;
}

/** The one error that a call throws. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly hint: string | undefined;
  readonly violations: readonly Violation[];

  constructor(fields: ProblemFields, cause?: unknown) {
    super(fields.detail, { cause });
    this.code = fields.code;
    this.status = fields.status;
    this.title = fields.title;
    this.detail = fields.detail;
    this.hint = fields.hint;
    this.violations = fields.violations ?? [];
  }

  /** Whether the session is gone: what was asked needs a new sign-in, not another try. */
  get endsSession(): boolean {
    return this.status === 401 && this.code !== 'WRONG_CREDENTIALS';
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isViolation(value: unknown): value is Violation {
  return isRecord(value) && Array.isArray(value.path) && typeof value.message === 'string';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads the problem out of an answer that is not a success; an answer of another shape becomes INTERNAL. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const fields = isRecord(body) ? body : {};
  const code = textOf(fields.code);
  const known = code !== undefined && code in errorCatalogue ? (code as ErrorCode) : undefined;
  return new ApiProblem({
    code: known ?? (response.status === 401 ? 'UNAUTHENTICATED' : 'INTERNAL'),
    status: response.status,
    title: textOf(fields.title) ?? `HTTP ${response.status}`,
    detail: textOf(fields.detail) ?? '',
    hint: textOf(fields.hint),
    violations: Array.isArray(fields.violations) ? fields.violations.filter(isViolation) : [],
  });
}

/** The problem behind anything thrown by a call or around it. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiProblem(
    { code: 'INTERNAL', status: 500, title: errorCatalogue.INTERNAL.title, detail },
    error,
  );
}
