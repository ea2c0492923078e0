import { ChanceryError, type ErrorCode } from '../../../shared/errors.ts';

/** What is wrong with one of many, where the others may go well; all else ends the whole job. */
const rowCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'INVALID_INPUT',
  'INVALID_CSR',
  'POLICY_VIOLATION',
  'LINT_FAILED',
  'NOT_FOUND',
  'CONFLICT',
  'ALREADY_REVOKED',
  'FORBIDDEN',
]);

/** The refusal of one; throws what is none. */
export function rowRefusal(error: unknown): ChanceryError {
  if (error instanceof ChanceryError && rowCodes.has(error.code)) return error;
  throw error;
}
