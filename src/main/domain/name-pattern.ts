/**
 * Names and the patterns for them, by type. A name is first brought into its canonical form, the one that is then
 * both checked and signed. A pattern is asked in one of two ways: whether the name lies within it (allowed,
 * required), or whether the name touches it (denied), which is the wider question. An unreadable pattern contains
 * nothing and is touched by everything, so that a slip in a policy never opens it.
 */
import type { SubjectAltName } from '../../shared/model/names.ts';
import type { CanonicalName } from './canonical-name.ts';
import { cidrContains, formatIp, hasHostBits, parseCidr, parseIp } from './cidr.ts';
import { canonicalDnsName, dnsMatches, dnsPatternLabels } from './dns-name.ts';
import { canonicalEmail, canonicalUpn, isMailboxPattern, mailboxMatches } from './mailbox.ts';
import { textMatches, textProblem } from './subject-text.ts';
import { canonicalUri, isUriPattern, uriMatches } from './uri-name.ts';

type NameType = SubjectAltName['type'];

/** The other name that has a type of its own. */
const upnOid = '1.3.6.1.4.1.311.20.2.3';

/** Any address and any URI can be meant by a bare wildcard, since neither has a label that it could stand for. */
const isBareWildcard = (pattern: string) => pattern === '*' || pattern === '**';

/** The form of an alternative name that is to be signed: the same name always gives the same text. */
export function canonicalSubjectAltName({ type, value, oid }: SubjectAltName): CanonicalName {
  switch (type) {
    case 'dns':
      return canonicalDnsName(value);
    case 'email':
      return canonicalEmail(value);
    case 'upn':
      return canonicalUpn(value);
    case 'uri':
      return canonicalUri(value);
    case 'otherName': {
      const problem = oid === upnOid ? 'is a UPN, and is to be asked for as one' : textProblem(value);
      return problem === undefined ? { value } : { problem };
    }
    case 'ip': {
      const ip = parseIp(value);
      return ip ? { value: formatIp(ip) } : { problem: 'is not an IPv4 or IPv6 address' };
    }
  }
}

/** Whether a canonical name lies within the pattern or, with `touches`, has anything in common with it. */
export function subjectAltNameMatches(
  type: NameType,
  pattern: string,
  canonical: string,
  touches: boolean,
): boolean {
  switch (type) {
    case 'dns':
      return dnsMatches(pattern, canonical, touches);
    case 'email':
      return mailboxMatches(pattern, canonical, touches, touches);
    case 'upn':
      return mailboxMatches(pattern, canonical, touches, true);
    case 'uri':
      return isBareWildcard(pattern) || uriMatches(pattern, canonical, touches);
    case 'otherName':
      return textMatches(pattern, canonical);
    case 'ip': {
      if (isBareWildcard(pattern)) return true;
      const range = parseCidr(pattern);
      const ip = parseIp(canonical);
      return range && ip ? cidrContains(range, ip) : touches;
    }
  }
}

/** What is wrong with a pattern for names of this type, as the end of a sentence about it, or undefined. */
export function patternProblem(type: NameType, pattern: string): string | undefined {
  switch (type) {
    case 'dns':
      return dnsPatternLabels(pattern)
        ? undefined
        : 'is not a DNS name with `*` in labels or `**` as a label';
    case 'email':
    case 'upn':
      return isMailboxPattern(pattern) ? undefined : 'is not of the form user@domain';
    case 'uri':
      return isBareWildcard(pattern) || isUriPattern(pattern) ? undefined : 'does not begin with a scheme';
    case 'otherName':
      return undefined;
    case 'ip': {
      if (isBareWildcard(pattern)) return undefined;
      const range = parseCidr(pattern);
      if (!range) return 'is neither an address nor a range such as 10.0.0.0/8';
      return hasHostBits(range) ? 'has bits set behind its prefix' : undefined;
    }
  }
}
