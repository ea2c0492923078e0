import { ChanceryError } from '../../../shared/errors.ts';
import { approvalOf } from '../../domain/index.ts';
import type { KnownProfile } from '../policies/profile-directory.ts';

/**
 * Throws INVALID_INPUT where keys made under the profile are kept nowhere and would not be in the result either. Those
 * of requests that wait for an approval are collected later.
 */
export function requireTakenKeys(
  { keyRetention, definition, approval, row }: KnownProfile,
  passphrase: string | undefined,
): void {
  if (keyRetention === 'sealed' || passphrase !== undefined || approvalOf(definition, { approval })) return;
  const message = `The profile ${row.slug} keeps no keys: give a passphrase, so that they come in the result.`;
  throw new ChanceryError({
    code: 'INVALID_INPUT',
    detail: message,
    violations: [{ path: ['passphrase'], rule: 'required', message }],
  });
}
