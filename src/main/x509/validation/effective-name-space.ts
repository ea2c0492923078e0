/** What a chain may actually issue: the name constraints and path lengths of all its authorities combined. */
import { kindOf, subtreeHolds, textOf } from './name-constraint-state.ts';
import { readPathCertificate } from './path-certificate.ts';
import type { Subtree } from './read-name-constraints.ts';

export interface EffectiveNameSpace {
  /**
   * By kind of name (dns, email, uri, ip, directory, or the type of another kind): only names within one of
   * these. A kind that is not here is not limited; an empty list means that no name of that kind can be valid.
   */
  readonly permitted: Readonly<Record<string, readonly string[]>>;
  /** By kind of name: none within any of these, even where they are permitted. */
  readonly excluded: Readonly<Record<string, readonly string[]>>;
  /** How many authorities may follow below the chain, undefined where nothing limits it; -1 when it is too long. */
  readonly pathLength: number | undefined;
}

/** Pairs of subtrees that are worth comparing; beyond it those of the lower authority are given as they are. */
const maxComparisons = 100_000;

/**
 * Combines the constraints of a chain of authorities, from the one that issues up to the root (RFC 5280 section
 * 6.1.4 (g): permitted subtrees intersect, excluded ones add up). Throws INVALID_CERTIFICATE or INVALID_INPUT for
 * a certificate that cannot be read.
 */
export function effectiveNameSpace(chain: readonly Uint8Array[]): EffectiveNameSpace {
  const permitted = new Map<string, readonly Subtree[]>();
  const excluded = new Map<string, readonly Subtree[]>();
  let pathLength: number | undefined;
  for (const certificate of chain.map(readPathCertificate).reverse()) {
    const { nameConstraints, parsed } = certificate;
    // Counted before the certificate's own limit, which is on what follows it.
    if (pathLength !== undefined && !certificate.isSelfIssued) pathLength = Math.max(-1, pathLength - 1);
    if (parsed.pathLength !== undefined) pathLength = Math.min(pathLength ?? Infinity, parsed.pathLength);
    const own = nameConstraints ?? { permitted: [], excluded: [] };
    for (const kind of new Set(own.permitted.map(kindOf))) {
      const subtrees = own.permitted.filter((subtree) => kindOf(subtree) === kind);
      const above = permitted.get(kind);
      permitted.set(kind, above === undefined ? subtrees : intersection(above, subtrees));
    }
    for (const subtree of own.excluded) {
      const kind = kindOf(subtree);
      excluded.set(kind, [...(excluded.get(kind) ?? []), subtree]);
    }
  }
  return { permitted: asTexts(permitted), excluded: asTexts(excluded), pathLength };
}

/** Of two subtrees of one kind either one lies within the other, or they have nothing in common. */
function intersection(above: readonly Subtree[], below: readonly Subtree[]): Subtree[] {
  if (above.length * below.length > maxComparisons) return [...below];
  const common = new Set<Subtree>();
  for (const wide of above) {
    for (const narrow of below) {
      if (subtreeHolds(wide, narrow)) common.add(narrow);
      else if (subtreeHolds(narrow, wide)) common.add(wide);
    }
  }
  return [...common];
}

function asTexts(kinds: ReadonlyMap<string, readonly Subtree[]>): Record<string, string[]> {
  return Object.fromEntries([...kinds].map(([kind, subtrees]) => [kind, [...new Set(subtrees.map(textOf))]]));
}
