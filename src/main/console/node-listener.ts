import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ChanceryError } from '../../shared/errors.ts';
import { randomUUID } from '../crypto/index.ts';
import type { Door } from '../http/door.ts';
import { problemOf } from '../http/problem.ts';
import { wholeBody } from '../http/whole-response.ts';
import type { HostCheck } from './host-check.ts';

type Handle = (request: Request, door: Door) => Promise<Response>;
type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * Turns Node's requests into those of the fetch handler. Host and, where the request line has an absolute URL
 * (RFC 9112 section 3.2.2), its authority must both pass the check, else the answer is MISDIRECTED.
 */
export function nodeListener(
  handle: Handle,
  kind: 'listener' | 'command-line',
  isServed: HostCheck,
  ports: () => Door['ports'] = () => undefined,
): NodeListener {
  const listen = getRequestListener(
    async (request, env) => {
      const { incoming, outgoing } = env as { incoming: IncomingMessage; outgoing: ServerResponse };
      const response = await handle(request, doorOf(kind, incoming, outgoing, ports()));
      const body = wholeBody(response);
      if (body === undefined) return response;
      const length = { 'content-length': Buffer.byteLength(body) };
      outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...length }).end(body);
      return RESPONSE_ALREADY_SENT;
    },
    { overrideGlobalObjects: false },
  );
  return (incoming, outgoing) => {
    const target = originForm(incoming.url ?? '', isServed);
    if (target === null || !isServed(incoming.headers.host)) return misdirected(outgoing);
    incoming.url = target;
    void listen(incoming, outgoing);
  };
}

function doorOf(
  kind: 'listener' | 'command-line',
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  ports: Door['ports'],
): Door {
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  return {
    kind,
    principal: kind === 'command-line' ? 'owner' : null,
    peer: { address: incoming.socket.remoteAddress ?? null, certificates: certificatesOf(incoming.socket) },
    ...(ports && { ports }),
    signal: gone.signal,
  };
}

/** By connection, since to ask TLS for them takes longer than the rest of a door. */
const certificatesShown = new WeakMap<TLSSocket, readonly Uint8Array[]>();

/** What the other side showed in the handshake, or in the one that the session resumes; its own certificate alone. */
function certificatesOf(socket: Socket): readonly Uint8Array[] {
  if (!(socket instanceof TLSSocket)) return [];
  const known = certificatesShown.get(socket);
  if (known) return known;
  const own = socket.getPeerCertificate().raw as Buffer | undefined;
  const shown = own === undefined ? [] : [own];
  certificatesShown.set(socket, shown);
  return shown;
}

/** The path and query of the request line, null where it names an authority that is not served. */
function originForm(target: string, isServed: HostCheck): string | null {
  if (target.startsWith('/')) return target;
  if (!URL.canParse(target)) return null;
  const url = new URL(target);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return isServed(url.host) || isServed(`${url.hostname}:${port}`) ? `${url.pathname}${url.search}` : null;
}

function misdirected(outgoing: ServerResponse): void {
  const error = new ChanceryError({
    code: 'MISDIRECTED',
    detail: 'This host name is not served here.',
    hint: 'Use the address that was printed at the start.',
  });
  const body = JSON.stringify(problemOf(error, randomUUID()));
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    connection: 'close',
  };
  outgoing.writeHead(error.kind.status, headers).end(body);
}
