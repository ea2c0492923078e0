/**
 * The console: the same application without a window. An HTTPS listener over the one fetch handler, and the
 * socket of the owner's command line. Its invariant: the listener answers only for the names it was bound to,
 * and it announces itself after it answers. What does not belong: what a request means (http/).
 */
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ChanceryError } from '../../shared/errors.ts';
import type { Chancery } from '../chancery.ts';
import type { Door } from '../http/door.ts';
import { type DeviceListener, openDeviceListener } from './device-listener.ts';
import { bracketed, hostCheck } from './host-check.ts';
import { removeListenerFile, writeCaFile, writeListenerFile } from './listener-file.ts';
import { nodeListener } from './node-listener.ts';
import { openOwnerSocket } from './owner-socket.ts';
import { listen, serverLimits, stop } from './server-limits.ts';
import { openStatusListener, type StatusListener } from './status-listener.ts';

export interface ServeOptions {
  readonly host: string;
  /** Null: the usual port, or any free one where that is taken. */
  readonly port: number | null;
  /** Of plain HTTP for OCSP, CRLs and CA certificates; null: nowhere. */
  readonly statusPort?: number | null;
  /** Of the listener that asks for certificates, for devices and mutual TLS; null: nowhere. */
  readonly devicePort?: number | null;
  /** One line for scripts, on stdout. */
  readonly print: (line: string) => void;
  /** One line for people, on stderr. */
  readonly warn: (line: string) => void;
}

export interface Console {
  readonly url: string;
  /** Stops accepting, lets what runs finish for at most 5 s; does not close the Chancery. */
  stop(): Promise<void>;
}

export const usualPort = 8443;

/** Serves until it is stopped. Throws CONFLICT where the port is taken. */
export async function serve(chancery: Chancery, options: ServeOptions): Promise<Console> {
  const { host } = options;
  const tls = await chancery.listenerTls();
  let isServed: (authority: string | undefined) => boolean = () => false;
  let ports: Door['ports'];
  const server = createServer(
    {
      ...serverLimits,
      handshakeTimeout: 10_000,
      minVersion: 'TLSv1.2',
      key: tls.key,
      cert: tls.certificateChain,
    },
    nodeListener(
      (request, door) => chancery.handle(request, door),
      'listener',
      (authority) => isServed(authority),
      () => ports,
    ),
  );
  const closeSocket = await openOwnerSocket(chancery);
  let status: StatusListener | null = null;
  let device: DeviceListener | null = null;
  try {
    status =
      options.statusPort == null
        ? null
        : await openStatusListener(chancery, { host, port: options.statusPort });
    device =
      options.devicePort == null
        ? null
        : await openDeviceListener(chancery, tls, { host, port: options.devicePort, ports: () => ports });
    await listenOnPort(server, host, options.port);
  } catch (error) {
    await Promise.all([status?.stop(), device?.stop(), closeSocket()]);
    throw error;
  }

  const { port } = server.address() as AddressInfo;
  isServed = hostCheck(host, port);
  if (device) ports = { main: port, mutualTls: device.port };
  const url = `https://${bracketed(host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)}:${port}`;
  writeCaFile(chancery.home, tls.ca);
  writeListenerFile(chancery.home, url);
  const stopWatching = chancery.onListenerTlsChange((material) => {
    const { key, certificateChain, ca } = material;
    device?.present(material);
    server.setSecureContext({ minVersion: 'TLSv1.2', key, cert: certificateChain });
    writeCaFile(chancery.home, ca);
  });
  if (!isLoopback(host)) {
    options.warn(
      `Warning: ${host} can be reached from other machines; without --host only this machine can reach Chancery.`,
    );
  }
  options.print(`listening on ${url}`);
  if (status) options.print(`status on ${status.url}`);
  if (device) options.print(`devices on ${device.url}`);
  const ticket = await chancery.newTicket();
  options.print(`open ${url}/ui/${ticket === null ? '' : `#ticket=${ticket}`}`);

  return {
    url,
    stop: async () => {
      stopWatching();
      removeListenerFile(chancery.home);
      await Promise.all([stop(server), status?.stop(), device?.stop(), closeSocket()]);
    },
  };
}

async function listenOnPort(server: Server, host: string, port: number | null): Promise<void> {
  try {
    await listen(server, { host, port: port ?? usualPort });
  } catch (error) {
    if (port !== null || !(error instanceof ChanceryError) || error.code !== 'CONFLICT') throw error;
    await listen(server, { host, port: 0 });
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\./.test(host);
}
