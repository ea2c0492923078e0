import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Chancery, TlsMaterial } from '../chancery.ts';
import type { Door } from '../http/door.ts';
import { bracketed, type HostCheck, hostCheck } from './host-check.ts';
import { nodeListener } from './node-listener.ts';
import { listen, serverLimits, stop } from './server-limits.ts';

export interface DeviceListener {
  readonly url: string;
  readonly port: number;
  present(material: TlsMaterial): void;
  stop(): Promise<void>;
}

/**
 * Serves devices and clients that show a certificate: on an address of its own, since a browser that holds one would
 * be asked for it before the page (RFC 8705 section 5). Which certificates mean something is for the services to
 * say, so that any is taken here; the handshake has proved that its key is there. Throws CONFLICT where the port
 * is taken.
 */
export async function openDeviceListener(
  chancery: Chancery,
  tls: TlsMaterial,
  options: { readonly host: string; readonly port: number; readonly ports: () => Door['ports'] },
): Promise<DeviceListener> {
  const { host } = options;
  let isServed: HostCheck = () => false;
  const server = createServer(
    {
      ...serverLimits,
      handshakeTimeout: 10_000,
      minVersion: 'TLSv1.2',
      key: tls.key,
      cert: tls.certificateChain,
      requestCert: true,
      rejectUnauthorized: false,
    },
    nodeListener(
      (request, door) => chancery.handle(request, door),
      'listener',
      (authority) => isServed(authority),
      options.ports,
    ),
  );
  await listen(server, { host, port: options.port });
  const { port } = server.address() as AddressInfo;
  isServed = hostCheck(host, port);
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return {
    url: `https://${bracketed(shown)}:${port}`,
    port,
    present: ({ key, certificateChain }) => {
      // Setting the context anew keeps what the server asks of its clients.
      server.setSecureContext({ minVersion: 'TLSv1.2', key, cert: certificateChain });
    },
    stop: () => stop(server),
  };
}
