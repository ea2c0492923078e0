import type { Rooms } from './rooms.ts';

/** What anyone may fetch: the newest CRL and the certificate of an authority, by its slug. */
export function publicationOf(rooms: Rooms) {
  const issuerBySlug = async (slug: string) =>
    [...(await rooms.authorities.all()).values()].find(({ row }) => row.slug === slug);
  return {
    async crl(slug: string) {
      const issuer = await issuerBySlug(slug);
      const crl = issuer && (await rooms.store.authorities.findCrl(issuer.row.id));
      return (
        crl && { der: crl.der, thisUpdate: new Date(crl.thisUpdate), nextUpdate: new Date(crl.nextUpdate) }
      );
    },
    async certificate(slug: string) {
      const issuer = await issuerBySlug(slug);
      return issuer && { der: issuer.certificate.der };
    },
  };
}
