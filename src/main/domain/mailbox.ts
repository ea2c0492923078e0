import type { CanonicalName } from './canonical-name.ts';
import { canonicalDnsName, dnsMatches, dnsPatternLabels } from './dns-name.ts';
import { sequenceMatches, textSteps } from './sequence-match.ts';

/** The dot-atom of RFC 5322 section 3.2.3; quoted local parts are refused, since readers disagree about them. */
const dotAtom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const upnUser = /^[^\p{C}\p{Z}@"\\/[\]:;|=,+*?<>]+$/u;

function split(text: string): readonly [user: string, domain: string] | undefined {
  const parts = text.split('@');
  return parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : undefined;
}

/** An rfc822Name (RFC 5280 section 4.2.1.6) with its domain in lower case and A-labels, or what is wrong with it. */
export function canonicalEmail(value: string): CanonicalName {
  const [user, domain] = split(value) ?? [];
  if (user === undefined || domain === undefined) return { problem: 'must be user@domain' };
  if (user.length > 64 || !dotAtom.test(user))
    return { problem: 'has a local part that is not a plain dot-atom' };
  const host = canonicalDnsName(domain);
  if (host.problem !== undefined) return { problem: `has a domain that ${host.problem}` };
  if (host.value.includes('*')) return { problem: 'has a wildcard in its domain' };
  const canonical = `${user}@${host.value}`;
  return canonical.length > 254 ? { problem: 'has more than 254 characters' } : { value: canonical };
}

/** A user principal name of Windows with its suffix in lower case, or what is wrong with it. */
export function canonicalUpn(value: string): CanonicalName {
  const [user, domain] = split(value) ?? [];
  if (user === undefined || domain === undefined) return { problem: 'must be user@suffix' };
  if (user.length > 256 || !upnUser.test(user) || user.normalize('NFC') !== user)
    return { problem: 'has a user part with characters that cannot stand there' };
  const host = canonicalDnsName(domain);
  if (host.problem !== undefined) return { problem: `has a suffix that ${host.problem}` };
  if (host.value.includes('*')) return { problem: 'has a wildcard in its suffix' };
  return { value: `${user}@${host.value}` };
}

/** Whether the text can be a pattern for mailboxes: `user@domain`, each with wildcards. */
export function isMailboxPattern(pattern: string): boolean {
  const [user, domain] = split(pattern) ?? [];
  return user !== undefined && user !== '' && domain !== undefined && dnsPatternLabels(domain) !== undefined;
}

/**
 * Whether a canonical mailbox matches `user@domain`: the domain by label, without regard to case. The user part
 * keeps its case (RFC 5321 section 2.4) unless `anyCase`. An unreadable pattern matches only where `touches`.
 */
export function mailboxMatches(
  pattern: string,
  canonical: string,
  touches: boolean,
  anyCase: boolean,
): boolean {
  const [user, domain] = isMailboxPattern(pattern) ? (split(pattern) ?? []) : [];
  const [askedUser, askedDomain] = split(canonical) ?? [];
  if (user === undefined || domain === undefined || askedUser === undefined || askedDomain === undefined)
    return touches;
  const fold = (text: string) => (anyCase ? text.toLowerCase() : text);
  return sequenceMatches(textSteps(fold(user)), fold(askedUser)) && dnsMatches(domain, askedDomain, touches);
}
