/**
 * Reads nameConstraints (RFC 5280 section 4.2.1.10). A constraint that is readable but says nothing clear is kept
 * with what is wrong with it: it must never pass for no constraint, and an administrator wants to see it.
 */
import type { DerReader } from '../der/der-reader.ts';
import { contextGroup, tags } from '../der/der-tags.ts';
import { type PathName, readPathName } from '../names/path-name.ts';
import { isDomain, parseMailbox } from './domain-constraint.ts';

export type Subtree =
  | Exclude<PathName, { kind: 'ip' }>
  | { readonly kind: 'ip'; readonly address: Uint8Array; readonly mask: Uint8Array };

export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
  /** What is wrong with one of them; no path through such a certificate is valid. */
  readonly problem: string | undefined;
}

const what = 'nameConstraints';

export function readNameConstraints(value: DerReader): NameConstraints {
  const content = value.enter(tags.sequence, what);
  value.finish(what);
  if (content.isEmpty) content.fail(`${what} is empty`);
  const permitted = readSubtrees(content.enterIf(contextGroup(0), what));
  const excluded = readSubtrees(content.enterIf(contextGroup(1), what));
  content.finish(what);
  const problem = [...permitted, ...excluded].map(problemOf).find((text) => text !== undefined);
  return { permitted, excluded, problem };
}

function readSubtrees(list: DerReader | undefined): Subtree[] {
  if (list === undefined) return [];
  const subtrees: Subtree[] = [];
  do {
    const subtree = list.enter(tags.sequence, what);
    const base = readPathName(subtree, what);
    // minimum must be 0, which DER leaves away, and maximum absent.
    subtree.finish(`the name in ${what}`);
    subtrees.push(base.kind === 'ip' ? splitRange(base.bytes) : base);
  } while (!list.isEmpty);
  return subtrees;
}

function splitRange(bytes: Uint8Array): Subtree {
  const middle = bytes.length >> 1;
  return { kind: 'ip', address: bytes.subarray(0, middle), mask: bytes.subarray(middle) };
}

function problemOf(subtree: Subtree): string | undefined {
  switch (subtree.kind) {
    case 'ip':
      return isRange(subtree.address, subtree.mask)
        ? undefined
        : 'an IP range is not an address with a mask of ones and then zeros';
    case 'dns':
      // A leading dot or a wildcard has no meaning in the standard, and software differs on it.
      return subtree.value === '' || isDomain(subtree.value)
        ? undefined
        : `'${subtree.value}' is no domain name`;
    case 'email': {
      const isHost = !subtree.value.includes('@') && isDomainSuffix(subtree.value);
      return isHost || parseMailbox(subtree.value) !== undefined
        ? undefined
        : `'${subtree.value}' is neither a mailbox nor a domain`;
    }
    case 'uri':
      return isDomainSuffix(subtree.value) ? undefined : `'${subtree.value}' is no host of a URI`;
    default:
      return undefined;
  }
}

/** Empty (everything), a domain, or one with a leading dot (all below it). */
function isDomainSuffix(value: string): boolean {
  return value === '' || isDomain(value.startsWith('.') ? value.slice(1) : value);
}

/** RFC 4632: the mask is ones, then zeros. */
function isRange(address: Uint8Array, mask: Uint8Array): boolean {
  if (address.length !== mask.length || (mask.length !== 4 && mask.length !== 16)) return false;
  let hasEnded = false;
  for (const byte of mask) {
    const inverted = ~byte & 0xff;
    if ((inverted & (inverted + 1)) !== 0 || (hasEnded && byte !== 0)) return false;
    if (byte !== 0xff) hasEnded = true;
  }
  return true;
}
