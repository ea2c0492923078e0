import { ChanceryError } from '../../shared/errors.ts';
import { capabilities, createPrivateKey } from '../crypto/index.ts';
import { decryptPkcs8, readPem } from '../x509/index.ts';
import { readPostQuantumPkcs8 } from './post-quantum-pkcs8.ts';

/**
 * A private key in PEM (PKCS#8, plain or encrypted, or the traditional forms of OpenSSL) as PKCS#8 in DER, for
 * the signer to adopt; the caller wipes it. Throws WRONG_CREDENTIALS (passphrase), INVALID_INPUT.
 */
export async function decodePrivateKey(pem: string, passphrase: string | undefined): Promise<Uint8Array> {
  const isEncrypted = /ENCRYPTED/.test(pem);
  if (isEncrypted && passphrase === undefined) {
    throw new ChanceryError({
      code: 'WRONG_CREDENTIALS',
      detail: 'The private key is encrypted.',
      hint: 'Give its passphrase.',
    });
  }
  try {
    return (await decodeOurselves(pem, passphrase)) ?? decodeNatively(pem, passphrase);
  } catch (cause) {
    // A wrong passphrase is told from broken bytes by luck only, so both are named.
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

function decodeNatively(pem: string, passphrase: string | undefined): Uint8Array {
  const key = createPrivateKey(passphrase === undefined ? { key: pem } : { key: pem, passphrase });
  return key.export({ type: 'pkcs8', format: 'der' });
}

/**
 * PKCS#8 that is encrypted, since the runtime would do as many rounds of key derivation as the file asks for, and
 * of post-quantum keys that it does not know; undefined for all else.
 */
async function decodeOurselves(pem: string, passphrase: string | undefined): Promise<Uint8Array | undefined> {
  const { algorithms } = capabilities();
  const encrypted = blockOf(pem, 'ENCRYPTED PRIVATE KEY');
  if (encrypted && passphrase !== undefined) return decryptPkcs8(encrypted, passphrase);
  const plain = blockOf(pem, 'PRIVATE KEY');
  const secret = plain && readPostQuantumPkcs8(plain);
  return secret && algorithms[secret.algorithm] === 'library' ? plain : undefined;
}

/** The first block with the label; others, such as OpenSSL's with their headers, are left to the runtime. */
function blockOf(pem: string, label: string): Uint8Array | undefined {
  const start = pem.indexOf(`-----BEGIN ${label}-----`);
  const ending = `-----END ${label}-----`;
  const end = pem.indexOf(ending, start);
  return start === -1 || end === -1 ? undefined : readPem(pem.slice(start, end + ending.length))[0]?.der;
}
