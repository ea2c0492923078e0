import type { Violation } from '../../shared/errors.ts';

/** Where a destination of alerts is, as far as it has been said. */
export interface AlertAddress {
  readonly url: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly security: 'tls' | 'starttls' | 'none' | null;
  readonly username: string | null;
  readonly sender: string | null;
  readonly recipients: readonly string[] | null;
  readonly trust: string | null;
}

const ofMail = ['host', 'port', 'security', 'username', 'sender', 'recipients'] as const;
const neededForMail = ['host', 'port', 'security', 'sender', 'recipients'] as const;

/** All that is wrong with an address of that kind: what is missing, what is not its, and what would go out in the clear. */
export function alertAddressViolations(
  kind: 'webhook' | 'smtp',
  address: AlertAddress,
  hasPassword: boolean,
): Violation[] {
  const violations: Violation[] = [];
  const refuse = (field: string, rule: string, message: string) =>
    violations.push({ path: [field], rule, message });
  if (kind === 'webhook') {
    for (const field of ofMail)
      if (address[field] !== null) refuse(field, 'kind', 'this is of a mail server');
    if (hasPassword) refuse('password', 'kind', 'a webhook has a signing secret instead');
    if (address.url === null) refuse('url', 'required', 'a webhook has a URL');
    else {
      const problem = urlProblem(address.url);
      if (problem !== null) refuse('url', 'url', problem);
    }
    return violations;
  }
  if (address.url !== null) refuse('url', 'kind', 'this is of a webhook');
  for (const field of neededForMail) {
    if (address[field] === null) refuse(field, 'required', 'a mail server has this');
  }
  if (address.security === 'none' && address.host !== null && !isThisMachine(address.host))
    refuse('security', 'encrypted', 'mail leaves this machine by tls or starttls only');
  if ((address.username === null) === hasPassword)
    refuse(hasPassword ? 'username' : 'password', 'required', 'user name and password go together');
  return violations;
}

function urlProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol)) return 'this is no https URL';
  if (url.protocol === 'http:' && !isThisMachine(url.hostname))
    return 'http leaves this machine unprotected: use https';
  if (url.username !== '' || url.password !== '') return 'leave user name and password out of the URL';
  return url.hash === '' ? null : 'leave the fragment out of the URL';
}

/** Whether the host is the loopback address by its name or number (RFC 6761 section 6.3, RFC 1122 section 3.2.1.3). */
function isThisMachine(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
