/** PKCS#12 files around contents of a test's own, with a true MAC that takes few rounds. */
import { contextGroup } from '../../../../../src/main/x509/der/der-tags.ts';
import { writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { pkcs12Mac } from '../../../../../src/main/x509/files/pkcs12-mac.ts';

/** As RFC 7292 appendix B.1 writes the passphrase 'p'. */
export const passwordOfP = Uint8Array.of(0, 0x70, 0, 0);

/** A file around the DER of an AuthenticatedSafe; more iterations than two are claimed and not done. */
export async function sealPkcs12(
  safe: Uint8Array,
  password: Uint8Array = passwordOfP,
  iterations = 2,
): Promise<Uint8Array> {
  const salt = Buffer.from('saltsalt');
  const mac = await pkcs12Mac('sha256', safe, password, salt, Math.min(iterations, 2));
  return writeDer((writer) => {
    writer.sequence(() => {
      writer.integer(3).sequence(() => {
        writer.objectIdentifier('1.2.840.113549.1.7.1');
        writer.group(contextGroup(0), () => writer.octetString(safe));
      });
      writer.sequence(() => {
        writer.sequence(() => {
          writer.sequence(() => writer.objectIdentifier('2.16.840.1.101.3.4.2.1').null()).octetString(mac);
        });
        writer.octetString(salt).integer(iterations);
      });
    });
  }, safe.length + 256);
}
