import { ChanceryError } from '../../shared/errors.ts';

/** A mistake on the command line itself: exit code 2. */
export function usageError(detail: string, hint?: string): ChanceryError {
  return new ChanceryError({ code: 'INVALID_INPUT', detail, hint });
}
