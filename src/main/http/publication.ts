import type { Hono } from 'hono';
import { ChanceryError } from '../../shared/errors.ts';
import type { Env } from './app.ts';
import { entityTag, taggedResponse } from './etag.ts';
import { answerOcsp, maxOcspRequestBytes, type OcspExchange } from './ocsp.ts';
import type { HttpPorts } from './ports.ts';
import { readBytes } from './read-body.ts';

/** How long a cache may keep a CRL at most: a revocation should be seen soon after it. */
const maxAgeSeconds = 60;

/** What everyone may ask, the vault open or not: CRLs and CA certificates (RFC 5280 section 4.2.1.13, RFC 2585), OCSP, the health. */
export function publicationRoutes(
  app: Hono<Env>,
  { publication, ocsp, vaultState }: HttpPorts,
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

  const answer = async (exchange: OcspExchange) => {
    const { status, headers, body } = await answerOcsp(ocsp, exchange, clock());
    return new Response(body && new Uint8Array(body), { status, headers });
  };
  app.post('/ocsp', async (c) => {
    const body = await readBytes(c.req.raw, maxOcspRequestBytes);
    return answer({ from: { body }, ifNoneMatch: null });
  });
  app.get('/ocsp/*', (c) =>
    answer({
      from: { path: new URL(c.req.url).pathname },
      ifNoneMatch: c.req.header('if-none-match') ?? null,
    }),
  );

  app.get('/healthz', (c) => {
    const state = vaultState();
    return c.json({ status: state === 'open' ? 'ok' : state });
  });
}
