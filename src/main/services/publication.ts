import type { Rooms } from './rooms.ts';

/** What anyone may fetch: the newest CRL and the certificate of a key of an authority, by the name it is published as. */
export function publicationOf(rooms: Rooms) {
  const issuerOf = async (name: string) =>
    [...(await rooms.authorities.all()).values()].find(({ publishedAs }) => publishedAs === name);
  return {
    async crl(name: string) {
      const issuer = await issuerOf(name);
      const crl = issuer && (await rooms.store.authorities.findCrl(issuer.row.id));
      return (
        crl && { der: crl.der, thisUpdate: new Date(crl.thisUpdate), nextUpdate: new Date(crl.nextUpdate) }
      );
    },
    async certificate(name: string) {
      const issuer = await issuerOf(name);
      return issuer && { der: issuer.certificate.der };
    },
  };
}
