import type { Hono } from 'hono';
import { ChanceryError } from '../../shared/errors.ts';
import type { Env } from './app.ts';
import { entityTag, matchesTag, taggedResponse } from './etag.ts';
import { answerOcsp, maxOcspRequestBytes, type OcspExchange } from './ocsp.ts';
import type { HttpPorts, PublishedCrl } from './ports.ts';
import { readBytes } from './read-body.ts';

/** How long a cache may keep a CRL at most: a revocation should be seen soon after it. */
const maxAgeSeconds = 60;

/** What everyone may ask, the vault open or not: CRLs and CA certificates (RFC 5280 section 4.2.1.13, RFC 2585), OCSP, the health. */
export function publicationRoutes(
  app: Hono<Env>,
  { publication, ocsp, vaultState }: HttpPorts,
  clock: () => Date,
): void {
  const crl = async (request: Request, authority: string, part: string) => {
    const found = await publication.crl(authority, part);
    if (!found) throw new ChanceryError({ code: 'NOT_FOUND', detail: 'There is no CRL of that authority.' });
    return crlResponse(request, found, clock());
  };
  app.get('/crl/:file{[^/]+\\.crl}', (c) => crl(c.req.raw, c.req.param('file').slice(0, -'.crl'.length), ''));
  app.get('/crl/:authority/:part{(?:delta|[1-9][0-9]?)\\.crl}', (c) =>
    crl(c.req.raw, c.req.param('authority'), c.req.param('part').slice(0, -'.crl'.length)),
  );

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

function crlResponse(request: Request, found: PublishedCrl, now: Date): Response {
  const { bytes, tag, thisUpdate, nextUpdate } = found;
  const lastingSeconds = Math.floor((nextUpdate.getTime() - now.getTime()) / 1000);
  const maxAge = Math.max(0, Math.min(maxAgeSeconds, lastingSeconds));
  const headers = new Headers({
    'cache-control': `public, max-age=${maxAge}, must-revalidate`,
    'last-modified': thisUpdate.toUTCString(),
    expires: nextUpdate.toUTCString(),
    etag: tag,
  });
  if (matchesTag(request.headers.get('if-none-match'), tag))
    return new Response(null, { status: 304, headers });
  headers.set('content-type', 'application/pkix-crl');
  headers.set('content-length', String(bytes));
  return new Response(request.method === 'HEAD' ? null : streamOf(found.read()), { headers });
}

/** One part after the other, as fast as they are taken. */
function streamOf(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream(
    {
      pull: (controller) => {
        const part = parts[next];
        next += 1;
        if (part) controller.enqueue(part);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
