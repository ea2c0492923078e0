import { ChanceryError } from '../../shared/errors.ts';
import { createPrivateKey } from '../crypto/index.ts';

/**
 * A private key in PEM (PKCS#8, plain or encrypted, or the traditional forms of OpenSSL) as PKCS#8 in DER, for
 * the signer to adopt; the caller wipes it. Throws WRONG_CREDENTIALS (passphrase), INVALID_INPUT.
 */
export function decodePrivateKey(pem: string, passphrase: string | undefined): Uint8Array {
  const isEncrypted = /ENCRYPTED/.test(pem);
  if (isEncrypted && passphrase === undefined) {
    throw new ChanceryError({
      code: 'WRONG_CREDENTIALS',
      detail: 'The private key is encrypted.',
      hint: 'Give its passphrase.',
    });
  }
  try {
    const key = createPrivateKey(passphrase === undefined ? { key: pem } : { key: pem, passphrase });
    return key.export({ type: 'pkcs8', format: 'der' });
  } catch (cause) {
    // OpenSSL tells a wrong passphrase from broken bytes by luck only, so both are named.
    throw new ChanceryError(
      isEncrypted
        ? {
            code: 'WRONG_CREDENTIALS',
            detail: 'The private key cannot be opened with this passphrase.',
            cause,
          }
        : {
            code: 'INVALID_INPUT',
            detail: 'The private key cannot be read.',
            hint: 'Give a PEM file with a private key.',
            cause,
          },
    );
  }
}
