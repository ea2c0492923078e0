import { hostname, networkInterfaces } from 'node:os';

/** Decides for Host headers and URL authorities; undefined is refused. */
export type HostCheck = (authority: string | undefined) => boolean;

/**
 * The authorities of a listener: loopback by its names, and the address it is bound to, each with its port
 * (also without it on 443). A page that resolves its own name to this machine (DNS rebinding) sends that name.
 */
export function hostCheck(boundHost: string, port: number): HostCheck {
  const names = new Set(
    ['127.0.0.1', 'localhost', '[::1]', ...boundNames(boundHost)].map((name) => name.toLowerCase()),
  );
  const authorities = new Set(
    [...names].flatMap((name) => [`${name}:${port}`, ...(port === 443 ? [name] : [])]),
  );
  return (authority) => authority !== undefined && authorities.has(authority.toLowerCase());
}

function boundNames(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [bracketed(host)];
  const addresses = Object.values(networkInterfaces()).flatMap(
    (all) => all?.map(({ address }) => bracketed(address)) ?? [],
  );
  return [hostname(), ...addresses];
}

/** An address as a URL writes it: IPv6 in brackets, RFC 3986 section 3.2.2. */
export function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host.replace(/%.*$/, '')}]` : host;
}
