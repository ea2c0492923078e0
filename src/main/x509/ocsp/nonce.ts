/** The nonce of OCSP messages (RFC 8954, RFC 9654): 1 to 128 bytes, echoed by the responder. */
import { ChanceryError } from '../../../shared/errors.ts';
import { tags } from '../der/der-tags.ts';
import { type DerWriter, writeDer } from '../der/der-writer.ts';
import type { Extension } from '../extensions/read-extensions.ts';

const nonceOid = '1.3.6.1.5.5.7.48.1.2';

/** The identifier as it is written. */
export const encodedNonceOid = Buffer.from(writeDer((writer) => writer.objectIdentifier(nonceOid)));

/** RFC 9654 raised the 32 bytes of RFC 8954; a responder echoes what it takes. */
const maxBytes = 128;

/** Writes the Extension; throws INVALID_INPUT for a nonce that is empty or longer than 128 bytes. */
export function writeNonce(writer: DerWriter, nonce: Uint8Array): void {
  if (nonce.length < 1 || nonce.length > maxBytes) {
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: `A nonce has 1 to ${maxBytes} bytes.`,
    });
  }
  writer.sequence(() => {
    writer.raw(encodedNonceOid);
    writer.group(tags.octetString, () => writer.octetString(nonce));
  });
}

/** The nonce among the extensions of a message, and the first critical one that is not known. */
export function readNonce(extensions: readonly Extension[]): {
  nonce: Uint8Array | undefined;
  unknownCriticalOid: string | undefined;
} {
  const extension = extensions.find(({ oid }) => oid === nonceOid);
  const unknownCriticalOid = extensions.find(({ oid, critical }) => critical && oid !== nonceOid)?.oid;
  if (extension === undefined) return { nonce: undefined, unknownCriticalOid };
  const value = extension.reader();
  const nonce = value.octetString('nonce');
  value.finish('nonce');
  if (nonce.length < 1 || nonce.length > maxBytes) value.fail(`the nonce has ${nonce.length} bytes`);
  return { nonce, unknownCriticalOid };
}
