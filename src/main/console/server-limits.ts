import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { ListenOptions } from 'node:net';
import { ChanceryError } from '../../shared/errors.ts';

type Server = HttpServer | HttpsServer;

/** What a slow or endless peer may take, in milliseconds and bytes. */
export const serverLimits = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  // Longer than browsers and proxies keep a connection idle, so that none is closed as it is used again.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
} as const;

const graceMs = 5_000;

/** Begins to listen. Throws CONFLICT where the port is taken, UNSUPPORTED where the address cannot be used. */
export function listen(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options)));
    server.listen(options, resolve);
  });
}

/** Stops accepting, lets what runs finish for at most 5 s, then ends the rest. */
export function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function listenError(error: NodeJS.ErrnoException, { host, port, path }: ListenOptions): ChanceryError {
  const where = path ?? `port ${port} of ${host}`;
  if (error.code === 'EADDRINUSE') {
    return new ChanceryError({
      code: 'CONFLICT',
      detail: `Another program listens on ${where}.`,
      hint: 'Choose another with --port, --status-port or --device-port.',
      cause: error,
    });
  }
  const why = error.code === 'EACCES' ? 'the system does not permit it' : (error.code ?? error.message);
  return new ChanceryError({
    code: 'UNSUPPORTED',
    detail: `Listening on ${where} is not possible: ${why}.`,
    cause: error,
  });
}
