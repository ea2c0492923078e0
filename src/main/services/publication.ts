import { sha256 } from '../crypto/index.ts';
import type { CrlRow } from '../store/index.ts';
import type { Rooms } from './rooms.ts';

/** Bytes of CRLs that are being sent: whoever fetches the same one shares them, and they go with the last of them. */
type Sending = Map<string, WeakRef<readonly Uint8Array[]>>;

/** What anyone may fetch: the newest CRLs and the certificate of an key of an authority, by the name it is published as. */
export function publicationOf(rooms: Rooms) {
  const sending: Sending = new Map();
  const issuerOf = async (name: string) =>
    [...(await rooms.authorities.all()).values()].find(({ publishedAs }) => publishedAs === name);
  const read = (crl: CrlRow): readonly Uint8Array[] => {
    const key = `${crl.authorityId} ${crl.part} ${crl.number}`;
    const shared = sending.get(key)?.deref();
    if (shared) return shared;
    for (const [other, parts] of sending) if (!parts.deref()) sending.delete(other);
    const parts = rooms.store.crls.bytes(crl);
    sending.set(key, new WeakRef(parts));
    return parts;
  };
  return {
    /** The whole list where the part is empty; `delta`, or the number of a shard. */
    async crl(name: string, part: string) {
      const issuer = await issuerOf(name);
      const crl = issuer && rooms.store.crls.find(issuer.row.id, part);
      return (
        crl && {
          bytes: crl.bytes,
          // It ends in a signature over all the rest.
          tag: `"${sha256(crl.tail).toString('base64url')}"`,
          thisUpdate: new Date(crl.thisUpdate),
          nextUpdate: new Date(crl.nextUpdate),
          read: () => read(crl),
        }
      );
    },
    async certificate(name: string) {
      const issuer = await issuerOf(name);
      return issuer && { der: issuer.certificate.der };
    },
  };
}
