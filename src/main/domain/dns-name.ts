import { domainToASCII, domainToUnicode } from 'node:url';
import type { CanonicalName } from './canonical-name.ts';
import { type PatternStep, sequenceMatches, textSteps } from './sequence-match.ts';

/** Host names as nearly all are written, which are canonical as they stand: no wildcard, no capital, no number last. */
const plainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ldhLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is about exactly the characters of ASCII
const ascii = /^[\x00-\x7f]*$/;

/**
 * The A-labels of an internationalised name (RFC 5891), or undefined. The name must come back unchanged, so that
 * nothing is signed that only looks like what was asked for: fullwidth letters, ignorable characters, other dots.
 */
function toAscii(name: string): string | undefined {
  // Letters, digits, hyphens and dots only: domainToASCII reads a host, with percent signs and numbers as addresses.
  if (/[^a-z0-9.\u0080-\u{10ffff}-]/u.test(name)) return undefined;
  const converted = domainToASCII(name);
  return converted !== '' && domainToUnicode(converted) === name.normalize('NFC') ? converted : undefined;
}

/** Whether an A-label is the encoding of something, and the only one. */
function isALabel(label: string): boolean {
  const unicode = domainToUnicode(label);
  return unicode !== label && !unicode.includes('\ufffd') && domainToASCII(unicode) === label;
}

function labelProblem(labels: readonly string[]): string | undefined {
  if (labels.some((label) => label === '')) return 'has an empty label or a trailing dot';
  if (labels.some((label) => label.length > 63)) return 'has a label of more than 63 characters';
  if (labels.some((label) => !ldhLabel.test(label))) return 'may hold only letters, digits and inner hyphens';
  if (labels.some((label) => label.startsWith('xn--') && !isALabel(label)))
    return 'has a label that is no valid IDNA';
  if (/^(?:[0-9]+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')) return 'ends in a number, as an IP address does';
  return undefined;
}

/**
 * A DNS name in lower case and A-labels (RFC 5280 section 7.2), or what is wrong with it. A wildcard is the whole
 * leftmost label above at least two others (RFC 6125 section 6.4.3).
 */
export function canonicalDnsName(value: string): CanonicalName {
  if (value.length <= 253 && plainName.test(value) && !value.includes('xn--')) return { value };
  if (value.length > 1024) return { problem: 'is too long' };
  const isWildcard = value.startsWith('*.');
  const host = (isWildcard ? value.slice(2) : value).toLowerCase();
  if (host.includes('*')) return { problem: 'may have a wildcard only as its whole first label' };
  // The Kelvin sign is a letter whose lower case is an ASCII one: what was not ASCII must not become it.
  const name = ascii.test(host) ? (ascii.test(value) ? host : undefined) : toAscii(host);
  if (name === undefined) return { problem: 'is not a valid internationalised name in its normal form' };
  const labels = name.split('.');
  const problem = labelProblem(labels);
  if (problem) return { problem };
  if (isWildcard && labels.length < 2) return { problem: 'has a wildcard directly below a top-level domain' };
  const canonical = isWildcard ? `*.${name}` : name;
  return canonical.length > 253 ? { problem: 'has more than 253 characters' } : { value: canonical };
}

/** Whether a canonical DNS name asks for a wildcard. */
export const isWildcardName = (canonical: string) => canonical.startsWith('*.');

/** Labels with `*` (one label or part of one) and `**` (one or more labels) as steps over labels. */
export function labelSteps(
  labels: readonly string[],
  wildcardTouchesAll = false,
): readonly PatternStep<string>[] {
  return labels.flatMap((label): readonly PatternStep<string>[] => {
    if (label === '**')
      return [
        { many: false, accepts: () => true },
        { many: true, accepts: () => true },
      ];
    const characters = textSteps(label);
    const accepts = (asked: string) =>
      (wildcardTouchesAll && asked === '*') || sequenceMatches(characters, asked);
    return [{ many: false, accepts }];
  });
}

/** The labels of a DNS pattern, or undefined when it is none. */
export function dnsPatternLabels(pattern: string): readonly string[] | undefined {
  const lower = pattern.toLowerCase();
  const labels = lower.split('.').map((label) => (ascii.test(label) ? label : (toAscii(label) ?? '')));
  const readable = labels.every(
    (label) => label === '**' || (/^[a-z0-9*-]{1,63}$/.test(label) && !label.includes('**')),
  );
  return readable && !/^[0-9]+$/.test(labels.at(-1) ?? '') ? labels : undefined;
}

/**
 * Whether a canonical DNS name matches a pattern. `touches` asks whether a wildcard name covers anything that
 * matches: *.example.com touches admin.example.com. An unreadable pattern touches everything and matches nothing.
 */
export function dnsMatches(pattern: string, canonical: string, touches: boolean): boolean {
  const labels = dnsPatternLabels(pattern);
  if (!labels) return touches;
  return sequenceMatches(labelSteps(labels, touches), canonical.split('.'));
}
