/** Reads nameConstraints (RFC 5280 section 4.2.1.10); a constraint that says nothing clear is refused. */
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
}

const what = 'nameConstraints';

export function readNameConstraints(value: DerReader): NameConstraints {
  const content = value.enter(tags.sequence, what);
  value.finish(what);
  if (content.isEmpty) content.fail(`${what} is empty`);
  const permitted = readSubtrees(content.enterIf(contextGroup(0), what));
  const excluded = readSubtrees(content.enterIf(contextGroup(1), what));
  content.finish(what);
  return { permitted, excluded };
}

function readSubtrees(list: DerReader | undefined): Subtree[] {
  if (list === undefined) return [];
  const subtrees: Subtree[] = [];
  do {
    const subtree = list.enter(tags.sequence, what);
    const start = subtree.position;
    const base = checked(readPathName(subtree, what));
    // minimum must be 0, which DER leaves away, and maximum absent.
    subtree.finish(`the name in ${what}`);
    subtrees.push(typeof base === 'string' ? subtree.fail(base, start) : base);
  } while (!list.isEmpty);
  return subtrees;
}

/** The base of a subtree, or what is wrong with it. */
function checked(base: PathName): Subtree | string {
  switch (base.kind) {
    case 'ip':
      return readRange(base.bytes) ?? `${what} holds an IP range that is not an address with a prefix mask`;
    case 'dns':
      // A leading dot or a wildcard has no meaning in the standard, and software differs on it.
      return base.value === '' || isDomain(base.value) ? base : `${what} holds '${base.value}', which is no domain`;
    case 'email': {
      const isRange = !base.value.includes('@') && isDomainSuffix(base.value);
      return isRange || parseMailbox(base.value) !== undefined
        ? base
        : `${what} holds '${base.value}', which is neither a mailbox nor a domain`;
    }
    case 'uri':
      return isDomainSuffix(base.value) ? base : `${what} holds '${base.value}', which is no host of a URI`;
    default:
      return base;
  }
}

/** Empty (everything), a domain, or one with a leading dot (all below it). */
function isDomainSuffix(value: string): boolean {
  return value === '' || isDomain(value.startsWith('.') ? value.slice(1) : value);
}

function readRange(bytes: Uint8Array): Subtree | undefined {
  if (bytes.length !== 8 && bytes.length !== 32) return undefined;
  const address = bytes.subarray(0, bytes.length / 2);
  const mask = bytes.subarray(bytes.length / 2);
  let ended = false;
  for (const byte of mask) {
    // A mask is ones, then zeros (RFC 4632).
    const inverted = ~byte & 0xff;
    if ((inverted & (inverted + 1)) !== 0 || (ended && byte !== 0)) return undefined;
    if (byte !== 0xff) ended = true;
  }
  return { kind: 'ip', address, mask };
}
