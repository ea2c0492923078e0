/** Authorities as a forest: every root with what stands below it. */
import type { Authority } from '../../../shared/operations/authorities.ts';

export interface AuthorityNode {
  readonly authority: Authority;
  readonly children: readonly AuthorityNode[];
}

/** Builds the forest; an authority whose parent is not in the list stands at the top. */
export function authorityTree(authorities: readonly Authority[]): AuthorityNode[] {
  const known = new Set(authorities.map(({ slug }) => slug));
  const below = (parent: string | null, passed: ReadonlySet<string>): AuthorityNode[] =>
    authorities
      .filter((one) => (one.parent !== null && known.has(one.parent) ? one.parent : null) === parent)
      .filter(({ slug }) => !passed.has(slug))
      .map((authority) => ({
        authority,
        children: below(authority.slug, new Set([...passed, authority.slug])),
      }));
  return below(null, new Set());
}
