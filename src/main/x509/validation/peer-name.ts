/** Whether a certificate is made out to a name (RFC 9525; RFC 5280 section 4.2.1.6). */
import { parseIpAddress } from '../names/ip-address.ts';
import type { PathName } from '../names/path-name.ts';
import { isDomain, isDomainOrWildcard, parseMailbox } from './domain-constraint.ts';
import type { PathCertificate } from './path-certificate.ts';
import type { PeerName } from './validation-options.ts';

/** Only subject alternative names count; the common name never does (RFC 9525 section 2). */
export function hasPeerName({ subjectAltNames = [] }: PathCertificate, wanted: PeerName): boolean {
  return subjectAltNames.some((name) => matches(name, wanted));
}

function matches(name: PathName, { type, value }: PeerName): boolean {
  switch (type) {
    case 'dns':
      return name.kind === 'dns' && isDnsMatch(name.value, value);
    case 'ip': {
      const bytes = parseIpAddress(value);
      return name.kind === 'ip' && bytes !== undefined && Buffer.compare(name.bytes, bytes) === 0;
    }
    case 'email':
      return name.kind === 'email' && isMailboxMatch(name.value, value);
  }
}

/** RFC 9525 section 6.3: label by label without regard to case; `*` stands for one whole leftmost label. */
function isDnsMatch(presented: string, wanted: string): boolean {
  const host = wanted.replace(/\.$/, '').toLowerCase();
  const name = presented.toLowerCase();
  if (!isDomain(host) || !isDomainOrWildcard(name)) return false;
  if (!name.startsWith('*.')) return name === host;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === name.slice(1);
}

function isMailboxMatch(presented: string, wanted: string): boolean {
  const name = parseMailbox(presented);
  const other = parseMailbox(wanted);
  return (
    name !== undefined &&
    name.local === other?.local &&
    name.domain.toLowerCase() === other.domain.toLowerCase()
  );
}
