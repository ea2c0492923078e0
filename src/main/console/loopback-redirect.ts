import { createServer } from 'node:http';

/** A port of this machine that waits for the browser to come back (RFC 8252 section 7.3). */
export interface OpenLoopbackRedirect {
  readonly redirectUri: string;
  /** The query that the browser came with; rejects where it was closed before. */
  readonly answer: Promise<string>;
  close(): void;
}

const page = `<!doctype html><meta charset="utf-8"><title>Chancery</title>
<p>You can close this page and go back to Chancery.</p>
<p lang="de">Sie k\u00f6nnen diese Seite schlie\u00dfen und zu Chancery zur\u00fcckkehren.</p>`;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  connection: 'close',
};

/** The path that is registered at the provider: its port may be any (RFC 8252 section 7.3), its path may not. */
const path = '/signed-in';

/** Opens one on a free port. It takes the one visit that has the state, which nobody else can know, and closes. */
export async function openLoopbackRedirect(state: string): Promise<OpenLoopbackRedirect> {
  let resolve: (query: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const answer = new Promise<string>((found, lost) => {
    resolve = found;
    reject = lost;
  });
  // Nobody may be waiting any more when it is closed.
  answer.catch(() => undefined);
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000 }, (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const isOurs = request.method === 'GET' && url.pathname === path && request.headers.host === host();
    if (!isOurs || url.searchParams.get('state') !== state) {
      response.writeHead(404, headers).end();
      return;
    }
    response.writeHead(200, headers).end(page);
    resolve(url.search);
    server.close();
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  const host = () => {
    const address = server.address();
    return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  };
  const redirectUri = `http://${host()}${path}`;
  return {
    redirectUri,
    answer,
    close: () => {
      reject(new Error('the port was closed'));
      server.close();
      server.closeAllConnections();
    },
  };
}
