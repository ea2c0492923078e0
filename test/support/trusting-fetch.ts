import { request } from 'node:https';

interface Trust {
  /** PEM of the CA that vouches for the server. */
  readonly ca: string;
  /** PEM of the client's own certificate and key, for mutual TLS. */
  readonly cert?: string;
  readonly key?: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: HeadersInit;
  readonly body?: unknown;
}

/** A fetch over Node's own client, which takes a CA and a certificate; each call on a connection of its own. */
export function trustingFetch(trust: Trust): (url: string, sent: Sent) => Promise<Response> {
  return (url, { method = 'GET', headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        { ...trust, method, headers: Object.fromEntries(new Headers(headers)), agent: false },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const fields = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
            const content = chunks.length === 0 ? null : Buffer.concat(chunks);
            resolve(
              new Response(content, { status: answer.statusCode ?? 0, headers: Object.fromEntries(fields) }),
            );
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body === undefined || body === null ? undefined : String(body));
    });
}
