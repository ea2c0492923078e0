/** Authorities as a forest: every root with what stands below it. */
import type { Authority } from '../../../shared/operations/authorities.ts';

/** Slug of the built-in realm: the authorities behind Chancery's own listener stand last. */
export const ownRealm = 'system';

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
  const isOwn = ({ authority }: AuthorityNode): boolean => authority.realm === ownRealm;
  return below(null, new Set()).toSorted((a, b) => Number(isOwn(a)) - Number(isOwn(b)));
}
