import type { Hono } from 'hono';
import { ChanceryError } from '../../shared/errors.ts';
import type { Env } from './app.ts';
import { entityTag, taggedResponse } from './etag.ts';
import type { HttpPorts } from './ports.ts';

/** How long a cache may keep a CRL at most: a revocation should be seen soon after it. */
const maxAgeSeconds = 60;

/** What everyone may fetch, the vault open or not: CRLs and CA certificates (RFC 5280 section 4.2.1.13, RFC 2585) and the health. */
export function publicationRoutes(
  app: Hono<Env>,
  { publication, vaultState }: HttpPorts,
  clock: () => Date,
): void {
  app.get('/crl/:file{[^/]+\\.crl}', async (c) => {
    const found = await publication.crl(c.req.param('file').slice(0, -'.crl'.length));
    if (!found) throw new ChanceryError({ code: 'NOT_FOUND', detail: 'There is no CRL of that authority.' });
    const lastingSeconds = Math.floor((found.nextUpdate.getTime() - clock().getTime()) / 1000);
    const maxAge = Math.max(0, Math.min(maxAgeSeconds, lastingSeconds));
    const headers = new Headers({
      'content-type': 'application/pkix-crl',
      'cache-control': `public, max-age=${maxAge}, must-revalidate`,
      'last-modified': found.thisUpdate.toUTCString(),
      expires: found.nextUpdate.toUTCString(),
    });
    return taggedResponse(c.req.raw, new Uint8Array(found.der), entityTag(found.der), headers);
  });

  app.get('/ca/:file{[^/]+\\.crt}', async (c) => {
    const found = await publication.certificate(c.req.param('file').slice(0, -'.crt'.length));
    if (!found)
      throw new ChanceryError({ code: 'NOT_FOUND', detail: 'There is no certificate of that authority.' });
    const headers = new Headers({
      'content-type': 'application/pkix-cert',
      'cache-control': 'public, max-age=3600',
    });
    return taggedResponse(c.req.raw, new Uint8Array(found.der), entityTag(found.der), headers);
  });

  app.get('/healthz', (c) => {
    const state = vaultState();
    return c.json({ status: state === 'open' ? 'ok' : state });
  });
}
