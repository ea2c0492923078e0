import { isIP } from 'node:net';
import type { CanonicalName } from './canonical-name.ts';
import { labelSteps } from './dns-name.ts';
import { sequenceMatches, textSteps } from './sequence-match.ts';

/** RFC 3986 appendix B, absolute only. */
const parts = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?(.*)$/s;
const hostLabels = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;

interface UriParts {
  readonly scheme: string;
  readonly host: string | undefined;
  readonly port: string;
  readonly rest: string;
}

function split(text: string): UriParts | undefined {
  const [, scheme, authority, rest = ''] = parts.exec(text) ?? [];
  if (scheme === undefined) return undefined;
  const lower = scheme.toLowerCase();
  if (authority === undefined) return { scheme: lower, host: undefined, port: '', rest };
  const [, host = '', port = ''] = /^(.*?)(?::([0-9]+|\*))?$/s.exec(authority.toLowerCase()) ?? [];
  return { scheme: lower, host, port, rest: rest === '' ? '/' : rest };
}

function hostProblem(host: string): string | undefined {
  if (host === '') return 'has an empty host';
  const isAddress = isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0;
  return isAddress || hostLabels.test(host)
    ? undefined
    : 'has a host that is neither a plain name nor an IP address';
}

/** Whether a percent sign hides what needs none (RFC 3986 section 6.2.2.2) or encodes nothing. */
function hasOddPercent(text: string): boolean {
  return [...text.matchAll(/%(.{0,2})/gs)].some(([, hex = '']) => {
    const code = /^[0-9A-Fa-f]{2}$/.test(hex) ? Number.parseInt(hex, 16) : 0;
    return code === 0 || /[A-Za-z0-9._~-]/.test(String.fromCharCode(code));
  });
}

/**
 * An absolute URI (RFC 5280 section 4.2.1.6) with scheme and host in lower case, or what is wrong with it. What a
 * WHATWG parser would read differently from how it is written is refused, so that all readers see the same.
 */
export function canonicalUri(value: string): CanonicalName {
  const uri = split(value);
  if (!uri) return { problem: 'must be absolute, with a scheme' };
  if (!/^[!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~-]+$/.test(value))
    return { problem: 'has characters that no URI may hold' };
  if (hasOddPercent(value)) return { problem: 'has percent-encoding that is broken or not needed' };
  if (uri.host === undefined) {
    if (uri.rest === '') return { problem: 'has nothing behind its scheme' };
  } else {
    if (uri.host.includes('@')) return { problem: 'holds a user name' };
    const problem = hostProblem(uri.host);
    if (problem) return { problem };
    if (uri.port === '*') return { problem: 'has a port that is not a number' };
  }
  const start =
    uri.host === undefined ? `${uri.scheme}:` : `${uri.scheme}://${uri.host}${uri.port && `:${uri.port}`}`;
  const canonical = start + value.slice(start.length);
  const parsed = URL.canParse(canonical) ? new URL(canonical).href : undefined;
  if (parsed === undefined) return { problem: 'cannot be parsed' };
  return parsed === canonical || parsed === `${canonical}/`
    ? { value: canonical }
    : { problem: `is not in its normal form, ${JSON.stringify(parsed.slice(0, 200))}` };
}

/** Whether the text can be a pattern for URIs: it has a scheme without wildcards. */
export function isUriPattern(pattern: string): boolean {
  return split(pattern) !== undefined;
}

/** RFC 3986 section 6.2.2.1: the digits of percent-encoding have no case. */
const foldPercent = (text: string) => text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());

/**
 * Whether a canonical URI matches a pattern: the scheme exactly, the host by label, the port exactly or `*`, the
 * rest with `*` within a segment and `**` across. An unreadable pattern matches only where `touches`.
 */
export function uriMatches(pattern: string, canonical: string, touches: boolean): boolean {
  const rule = split(pattern);
  const uri = split(canonical);
  if (!rule || !uri) return touches;
  if (rule.scheme !== uri.scheme || (rule.host === undefined) !== (uri.host === undefined)) return false;
  if (rule.port !== uri.port && !(rule.port === '*' && uri.port !== '')) return false;
  const hostMatches = sequenceMatches(labelSteps(rule.host?.split('.') ?? []), uri.host?.split('.') ?? []);
  return hostMatches && sequenceMatches(textSteps(foldPercent(rule.rest), '/?#'), foldPercent(uri.rest));
}
