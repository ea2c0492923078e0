import { ChanceryError } from '../../../shared/errors.ts';
import type { SealedKey } from '../../keys/index.ts';
import type { CertificateRow } from '../../store/index.ts';
import type { Rooms } from '../rooms.ts';

/** The key of a certificate that signs itself: the new one, or the one of the certificate that is renewed. */
export async function ownKey(
  { store }: Rooms,
  key: SealedKey | null,
  renewed: CertificateRow | undefined,
): Promise<SealedKey> {
  if (key) return key;
  const kept = renewed?.keyId ? await store.keys.find(renewed.keyId) : undefined;
  if (kept) return { keyId: kept.id, sealed: kept.sealed };
  throw new ChanceryError({
    code: 'CONFLICT',
    detail: 'The certificate signs itself, and its private key is not here.',
    hint: 'Renew it with a new key.',
  });
}
