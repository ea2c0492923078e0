/**
 * Certificate policies along a path, by the graph of RFC 9618 instead of the tree of RFC 5280: a policy is one
 * node per level, however many ways lead to it, so that the work grows with the size of the certificates and not
 * with a power of it.
 */
import { anyPolicy, type PolicyMapping } from './read-policies.ts';

interface Node {
  readonly policy: string;
  readonly parents: readonly Node[];
  expected: ReadonlySet<string>;
}

type Level = Map<string, Node>;

export interface LevelInput {
  /** undefined where the certificate has no policies. */
  readonly policies: readonly string[] | undefined;
  /** Whether the certificate's anyPolicy counts (RFC 5280 section 6.1.3 (d) (2)). */
  readonly takesAnyPolicy: boolean;
}

export class PolicyGraph {
  /** Empty once no policy is left: the graph is then NULL and stays so. */
  #levels: Level[] = [
    new Map([[anyPolicy, { policy: anyPolicy, parents: [], expected: new Set([anyPolicy]) }]]),
  ];

  get isNull(): boolean {
    return this.#levels.length === 0;
  }

  /** Section 6.1.3 (d) and (e): the next certificate's policies. */
  add({ policies, takesAnyPolicy }: LevelInput): void {
    const above = this.#levels.at(-1);
    if (above === undefined) return;
    if (policies === undefined) {
      this.#levels = [];
      return;
    }
    const level: Level = new Map();
    const expecting = nodesByExpected(above);
    const anyAbove = above.get(anyPolicy);
    for (const policy of policies) {
      if (policy === anyPolicy) continue;
      const parents = expecting.get(policy) ?? (anyAbove && [anyAbove]);
      if (parents !== undefined) level.set(policy, { policy, parents, expected: new Set([policy]) });
    }
    if (takesAnyPolicy && policies.includes(anyPolicy)) {
      for (const [policy, parents] of expecting) {
        if (!level.has(policy)) level.set(policy, { policy, parents, expected: new Set([policy]) });
      }
    }
    this.#levels.push(level);
    this.#prune();
  }

  /** Section 6.1.4 (b): the last certificate's mappings, or what their prohibition leaves. */
  map(mappings: readonly PolicyMapping[], isMappingAllowed: boolean): void {
    const level = this.#levels.at(-1);
    const above = this.#levels.at(-2);
    if (level === undefined || above === undefined || mappings.length === 0) return;
    const targets = new Map<string, Set<string>>();
    for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
      const set = targets.get(issuerDomainPolicy) ?? new Set();
      targets.set(issuerDomainPolicy, set.add(subjectDomainPolicy));
    }
    const anyAbove = above.get(anyPolicy);
    for (const [policy, expected] of targets) {
      const node = level.get(policy);
      if (!isMappingAllowed) level.delete(policy);
      else if (node !== undefined) node.expected = expected;
      else if (level.has(anyPolicy) && anyAbove !== undefined) {
        level.set(policy, { policy, parents: [anyAbove], expected });
      }
    }
    this.#prune();
  }

  /** RFC 9618 section 5.4: the policies that the authorities assert; with anyPolicy where they assert all. */
  authorityPolicies(): Set<string> {
    const policies = new Set<string>();
    this.#levels.forEach((level, depth) => {
      for (const { policy, parents } of level.values()) {
        const isLastAny = policy === anyPolicy && depth === this.#levels.length - 1;
        const isFirstNamed = policy !== anyPolicy && parents.some((parent) => parent.policy === anyPolicy);
        if (isLastAny || isFirstNamed) policies.add(policy);
      }
    });
    return policies;
  }

  /** Section 6.1.3 (d) (3): nodes that lead nowhere go, from the last level upwards. */
  #prune(): void {
    const kept = [...this.#levels];
    let needed = new Set<Node>(kept.at(-1)?.values());
    for (let depth = kept.length - 1; depth > 0 && needed.size > 0; depth--) {
      const parents = new Set<Node>();
      for (const node of needed) for (const parent of node.parents) parents.add(parent);
      const level = kept[depth - 1] as Level;
      for (const [policy, node] of level) if (!parents.has(node)) level.delete(policy);
      needed = parents;
    }
    if (needed.size === 0) this.#levels = [];
  }
}

function nodesByExpected(level: Level): Map<string, Node[]> {
  const nodes = new Map<string, Node[]>();
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const list = nodes.get(policy);
      if (list === undefined) nodes.set(policy, [node]);
      else list.push(node);
    }
  }
  return nodes;
}

/** RFC 9618 section 5.4: what remains of the authorities' policies for a user who accepts these. */
export function userConstrainedPolicies(
  authority: ReadonlySet<string>,
  initial: readonly string[],
): Set<string> {
  if (initial.includes(anyPolicy)) return new Set(authority);
  if (authority.has(anyPolicy)) return new Set(initial);
  return new Set(initial.filter((policy) => authority.has(policy)));
}
