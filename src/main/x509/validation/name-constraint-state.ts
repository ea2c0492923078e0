/** Name constraints gathered along a path, and the check of names against them (RFC 5280 6.1.3 (b), (c), 6.1.4 (g)). */
import { formatIpAddress } from '../names/ip-address.ts';
import type { PathName } from '../names/path-name.ts';
import {
  hostOfUri,
  isDnsExcluded,
  isDnsPermitted,
  isDomainOrWildcard,
  isHostWithin,
  isMailboxWithin,
  parseMailbox,
} from './domain-constraint.ts';
import { groupBy } from './group-by.ts';
import type { ComparedName, PathCertificate } from './path-certificate.ts';
import type { NameConstraints, Subtree } from './read-name-constraints.ts';

const emailAddressOid = '1.2.840.113549.1.9.1';

/** Comparisons of one name with one constraint that a path is worth; a maze of both would take hours. */
const maxComparisons = 250_000;

export type NamedCertificate = Pick<PathCertificate, 'subject' | 'subjectAltNames'>;

export class NameConstraintState {
  /** By kind of name: of every group at least one subtree must hold the name. */
  readonly #permitted = new Map<string, (readonly Subtree[])[]>();
  readonly #excluded = new Map<string, Subtree[]>();
  #comparisonsLeft = maxComparisons;

  /** Adds the constraints that a certificate puts on those below it. */
  add({ permitted, excluded }: NameConstraints): void {
    for (const [kind, subtrees] of groupBy(permitted, kindOf)) {
      this.#permitted.set(kind, [...(this.#permitted.get(kind) ?? []), subtrees]);
    }
    for (const subtree of excluded) {
      const kind = kindOf(subtree);
      const known = this.#excluded.get(kind);
      if (known === undefined) this.#excluded.set(kind, [subtree]);
      else known.push(subtree);
    }
  }

  /** What the subject and the alternative names break, each in words; stops at the first name of many. */
  check(certificate: NamedCertificate): string | undefined {
    for (const name of constrainedNames(certificate)) {
      const problem = this.#checkName(name);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #checkName(name: PathName): string | undefined {
    const groups = this.#permitted.get(kindOf(name)) ?? [];
    const excluded = this.#excluded.get(kindOf(name)) ?? [];
    if (groups.length === 0 && excluded.length === 0) return undefined;
    if (name.kind === 'other') {
      return `holds a name of the kind ${name.type}, which is constrained above it, and that constraint cannot be applied`;
    }
    const shown = textOf(name);
    const malformed = problemOf(name);
    if (malformed !== undefined) return `holds the name ${shown}, which is constrained but ${malformed}`;
    for (const subtree of excluded) {
      if (this.#isSpent()) return tooMany;
      if (matches(name, subtree, 'excluded')) {
        return `holds the name ${shown}, which an authority above excludes (${textOf(subtree)})`;
      }
    }
    for (const group of groups) {
      let isPermitted = false;
      for (const subtree of group) {
        if (this.#isSpent()) return tooMany;
        isPermitted = matches(name, subtree, 'permitted');
        if (isPermitted) break;
      }
      if (!isPermitted) {
        const some = group.slice(0, 5).map(textOf).join(', ');
        return `holds the name ${shown}, which lies outside what an authority above permits (${some}${group.length > 5 ? ', ...' : ''})`;
      }
    }
    return undefined;
  }

  #isSpent(): boolean {
    this.#comparisonsLeft--;
    return this.#comparisonsLeft < 0;
  }
}

const tooMany = 'has so many names under so many constraints that they are not worth comparing';

/** Kinds are constrained apart; among the other names each type is a kind. */
export function kindOf(name: PathName | Subtree): string {
  return name.kind === 'other' ? name.type : name.kind;
}

/** All names that constraints apply to: the subject, mail addresses in it, and the alternative names. */
export function constrainedNames({ subject, subjectAltNames = [] }: NamedCertificate): PathName[] {
  const names = [...subjectAltNames];
  if (subject.parts.length > 0) names.push(directoryName(subject));
  // Section 4.2.1.10 wants this where there are no alternative names; a name hidden there would pass otherwise.
  for (const { oid, text } of subject.attributes) {
    if (oid === emailAddressOid && text !== undefined) names.push({ kind: 'email', value: text });
  }
  return names;
}

function directoryName({ parts, key, text }: ComparedName): PathName {
  return { kind: 'directory', parts, key, text };
}

/** What makes a name unfit for comparison: a checker that skipped it would let it through. */
function problemOf(name: PathName): string | undefined {
  switch (name.kind) {
    case 'dns':
      return isDomainOrWildcard(name.value) ? undefined : 'is no domain name';
    case 'email':
      return parseMailbox(name.value) === undefined ? 'is no mailbox' : undefined;
    case 'uri':
      return hostOfUri(name.value) === undefined ? 'has no host name' : undefined;
    case 'ip':
      return name.bytes.length === 4 || name.bytes.length === 16 ? undefined : 'is no IP address';
    default:
      return undefined;
  }
}

function matches(name: PathName, subtree: Subtree, as: 'permitted' | 'excluded'): boolean {
  switch (subtree.kind) {
    case 'dns':
      if (name.kind !== 'dns') return false;
      return (as === 'permitted' ? isDnsPermitted : isDnsExcluded)(name.value, subtree.value);
    case 'email': {
      const mailbox = name.kind === 'email' ? parseMailbox(name.value) : undefined;
      return mailbox !== undefined && isMailboxWithin(mailbox, subtree.value);
    }
    case 'uri': {
      const host = name.kind === 'uri' ? hostOfUri(name.value) : undefined;
      return host !== undefined && isHostWithin(host, subtree.value);
    }
    case 'ip':
      return name.kind === 'ip' && isInRange(name.bytes, subtree);
    case 'directory':
      return name.kind === 'directory' && subtree.parts.every((part, i) => part === name.parts[i]);
    default:
      return false;
  }
}

function isInRange(bytes: Uint8Array, { address, mask }: Extract<Subtree, { kind: 'ip' }>): boolean {
  return (
    bytes.length === address.length &&
    mask.every((bits, i) => ((bytes[i] as number) & bits) === ((address[i] as number) & bits))
  );
}

/** Whether everything in the one subtree lies in the other, both of one kind. */
export function subtreeHolds(wide: Subtree, narrow: Subtree): boolean {
  if (wide.kind === 'ip' && narrow.kind === 'ip') {
    const isNarrower = wide.mask.every((bits, i) => ((narrow.mask[i] ?? 0) & bits) === bits);
    return isNarrower && isInRange(narrow.address, wide);
  }
  if (wide.kind === 'directory' && narrow.kind === 'directory') {
    return wide.parts.every((part, i) => part === narrow.parts[i]);
  }
  if (wide.kind === 'dns' && narrow.kind === 'dns') return isDnsPermitted(narrow.value, wide.value);
  if (wide.kind === 'other' || !('value' in wide) || !('value' in narrow)) {
    return wide.kind === 'other' && narrow.kind === 'other' && wide.der === narrow.der;
  }
  if (wide.value.toLowerCase() === narrow.value.toLowerCase()) return true;
  const mailbox = wide.kind === 'email' ? parseMailbox(narrow.value) : undefined;
  if (mailbox !== undefined) return isMailboxWithin(mailbox, wide.value);
  if (wide.value === '') return true;
  return wide.value.startsWith('.') && narrow.value.toLowerCase().endsWith(wide.value.toLowerCase());
}

/** A name or a subtree for a person. */
export function textOf(name: PathName | Subtree): string {
  switch (name.kind) {
    case 'ip': {
      if (!('mask' in name)) return `IP ${formatIpAddress(name.bytes) ?? 'of a wrong length'}`;
      const bits = name.mask.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
      return `IP ${formatIpAddress(name.address)}/${bits}`;
    }
    case 'directory':
      return `directory name '${name.text}'`;
    case 'other':
      return `kind ${name.type}`;
    default:
      return `${name.kind} '${name.value}'`;
  }
}
