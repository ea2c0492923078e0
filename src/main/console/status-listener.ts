import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Chancery, maxOcspRequestBytes } from '../chancery.ts';
import { bracketed, type HostCheck, hostCheck } from './host-check.ts';
import { nodeListener } from './node-listener.ts';
import { listen, serverLimits, stop } from './server-limits.ts';

export interface StatusListener {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves /ocsp, /crl and /ca over plain HTTP, which most of their clients speak and nothing else (RFC 5280 section
 * 8), and no other path. OCSP, which is asked by the thousand, does not go through the fetch handler. Beside the
 * listener's own names, those of the publication URLs are served. Throws CONFLICT where the port is taken.
 */
export async function openStatusListener(
  chancery: Chancery,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<StatusListener> {
  let ownNames: HostCheck = () => false;
  let bound = 0;
  let published: ReadonlySet<string> = new Set();
  // By name alone: OpenSSL's client leaves the port out of Host, and a proxy in front has another one.
  const isServed: HostCheck = (authority) => {
    const name = authority?.toLowerCase().replace(/:\d{1,5}$/, '');
    return name !== undefined && (ownNames(`${name}:${bound}`) || published.has(name));
  };
  const files = nodeListener((request, door) => chancery.handle(request, door), 'listener', isServed);

  const server = createServer(serverLimits, (incoming, outgoing) => {
    const path = incoming.url ?? '';
    const isOcsp = /^\/ocsp(?:[/?]|$)/.test(path);
    if (!isOcsp && !/^\/(?:(?:crl|ca)\/[^/?]+|crl\/[^/?]+\/[^/?]+\.crl)$/.test(path))
      return end(outgoing, 404);
    const work = async () => {
      if (!isServed(incoming.headers.host)) published = await chancery.publicationHosts();
      if (!isOcsp) return files(incoming, outgoing);
      if (!isServed(incoming.headers.host)) return end(outgoing, 421);
      await answerOcsp(chancery, incoming, outgoing);
    };
    void work().catch(() => (outgoing.headersSent ? outgoing.destroy() : end(outgoing, 500)));
  });
  await listen(server, { host, port });
  bound = (server.address() as AddressInfo).port;
  ownNames = hostCheck(host, bound);
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return { url: `http://${bracketed(shown)}:${bound}`, stop: () => stop(server) };
}

async function answerOcsp(
  chancery: Chancery,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method, url = '' } = incoming;
  const isGet = method === 'GET' || method === 'HEAD';
  if (!isGet && method !== 'POST') return end(outgoing, 405, { allow: 'GET, HEAD, POST' });
  const body = isGet ? null : await readBody(incoming);
  if (!isGet && body === null) return end(outgoing, 413, { connection: 'close' });
  const ifNoneMatch = incoming.headers['if-none-match'] ?? null;
  const reply = await chancery.ocsp({ from: body === null ? { path: url } : { body }, ifNoneMatch });
  const length = reply.body && { 'content-length': reply.body.length };
  outgoing.writeHead(reply.status, { ...reply.headers, ...length }).end(reply.body ?? undefined);
}

/** Null where more comes than a request may have. */
async function readBody(incoming: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(incoming.headers['content-length'] ?? 0) > maxOcspRequestBytes) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxOcspRequestBytes) return null;
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

function end(outgoing: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  outgoing
    .writeHead(status, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers })
    .end();
}
