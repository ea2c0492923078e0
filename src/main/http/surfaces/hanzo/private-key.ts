import { ChanceryError } from '../../../../shared/errors.ts';
import { mayAnywhere, type Principal } from '../../../services/context.ts';
import type { Perform } from '../../perform-operation.ts';

/** A private key that is kept here, as PEM (PKCS#8). Throws what recovering it throws; the audit log has the reason. */
export async function privateKeyOf(perform: Perform, id: string, reason: string): Promise<string> {
  const file = await perform('certificates.private-key', { id, format: 'pem', reason });
  return Buffer.from(file.contentBase64, 'base64').toString();
}

/** The same, or null where no key is kept or the caller may not have it. */
export async function privateKeyIfAny(
  perform: Perform,
  principal: Principal,
  { id, hasPrivateKey }: { readonly id: string; readonly hasPrivateKey: boolean },
  reason: string,
): Promise<string | null> {
  if (!hasPrivateKey || !mayAnywhere(principal, 'certificates.private-key')) return null;
  return privateKeyOf(perform, id, reason).catch((error: unknown) => {
    // What a client has not asked for itself is, to it, without a key.
    if (error instanceof ChanceryError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
}
