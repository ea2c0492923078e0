import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Chancery, maxOcspRequestBytes, type OcspExchange, type OcspReply } from '../chancery.ts';
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

  const serve = (incoming: IncomingMessage, outgoing: ServerResponse, isOcsp: boolean) => {
    if (isOcsp) answerOcsp(chancery, incoming, outgoing);
    else files(incoming, outgoing);
  };
  const server = createServer(serverLimits, (incoming, outgoing) => {
    const path = incoming.url ?? '';
    const isOcsp = /^\/ocsp(?:[/?]|$)/.test(path);
    if (!isOcsp && !/^\/(?:(?:crl|ca)\/[^/?]+|crl\/[^/?]+\/[^/?]+\.crl)$/.test(path))
      return end(outgoing, 404);
    if (isServed(incoming.headers.host)) return serve(incoming, outgoing, isOcsp);
    void chancery.publicationHosts().then(
      (hosts) => {
        published = hosts;
        if (isOcsp && !isServed(incoming.headers.host)) end(outgoing, 421);
        else serve(incoming, outgoing, isOcsp);
      },
      () => end(outgoing, 500),
    );
  });
  await listen(server, { host, port });
  bound = (server.address() as AddressInfo).port;
  ownNames = hostCheck(host, bound);
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return { url: `http://${bracketed(shown)}:${bound}`, stop: () => stop(server) };
}

function answerOcsp(chancery: Chancery, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url = '' } = incoming;
  const ifNoneMatch = incoming.headers['if-none-match'] ?? null;
  const answer = (from: OcspExchange['from']) => {
    const reply = chancery.ocsp({ from, ifNoneMatch });
    if (!(reply instanceof Promise)) return send(outgoing, reply);
    reply.then(
      (late) => send(outgoing, late),
      () => end(outgoing, 500),
    );
  };
  if (method === 'GET' || method === 'HEAD') answer({ path: url });
  else if (method !== 'POST') end(outgoing, 405, { allow: 'GET, HEAD, POST' });
  else
    readBody(incoming, (body) => {
      if (body === null) end(outgoing, 413, { connection: 'close' });
      else answer({ body });
    });
}

function send(outgoing: ServerResponse, { status, headers, body }: OcspReply): void {
  const length = body && { 'content-length': body.length };
  outgoing.writeHead(status, { ...headers, ...length }).end(body ?? undefined);
}

/** Gives the body to the callback, null where more comes than a request may have; by events, for speed. */
function readBody(incoming: IncomingMessage, done: (body: Uint8Array | null) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= maxOcspRequestBytes) return;
    incoming.off('data', onData).off('end', onEnd);
    done(null);
  };
  const onEnd = () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
  incoming.on('data', onData).on('end', onEnd);
}

function end(outgoing: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  outgoing
    .writeHead(status, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers })
    .end();
}
