import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PolicyGraph,
  userConstrainedPolicies,
} from '../../../../../src/main/x509/validation/policy-graph.ts';
import { anyPolicy } from '../../../../../src/main/x509/validation/read-policies.ts';

interface Step {
  readonly policies: readonly string[] | undefined;
  readonly takesAnyPolicy?: boolean;
  readonly mappings?: readonly (readonly [string, string])[];
  readonly isMappingAllowed?: boolean;
}

function run(steps: readonly Step[]): PolicyGraph {
  const graph = new PolicyGraph();
  for (const { policies, takesAnyPolicy = true, mappings = [], isMappingAllowed = true } of steps) {
    graph.add({ policies, takesAnyPolicy });
    graph.map(
      mappings.map(([issuerDomainPolicy, subjectDomainPolicy]) => ({
        issuerDomainPolicy,
        subjectDomainPolicy,
      })),
      isMappingAllowed,
    );
  }
  return graph;
}

const policiesOf = (steps: readonly Step[]) => [...run(steps).authorityPolicies()].sort();

describe('the policy graph', () => {
  it('keeps what every certificate asserts', () => {
    expect(policiesOf([{ policies: ['1.1', '1.2'] }, { policies: ['1.2', '1.3'] }])).toEqual(['1.2']);
  });

  it('is null once a certificate has no policies, and stays so', () => {
    const graph = run([{ policies: ['1.1'] }, { policies: undefined }, { policies: ['1.1'] }]);
    expect(graph.isNull).toBe(true);
    expect(graph.authorityPolicies().size).toBe(0);
  });

  it('is null when two certificates have nothing in common', () => {
    expect(run([{ policies: ['1.1'] }, { policies: ['1.2'] }]).isNull).toBe(true);
  });

  it('takes anyPolicy of an authority for every policy below it', () => {
    expect(policiesOf([{ policies: [anyPolicy] }, { policies: ['1.1'] }])).toEqual(['1.1']);
    expect(policiesOf([{ policies: [anyPolicy] }, { policies: [anyPolicy] }])).toEqual([anyPolicy]);
  });

  it('ignores anyPolicy where it is inhibited', () => {
    expect(run([{ policies: ['1.1'] }, { policies: [anyPolicy], takesAnyPolicy: false }]).isNull).toBe(true);
  });

  it('follows mappings, and names the policy of the authority that mapped', () => {
    const steps = [{ policies: ['1.1'], mappings: [['1.1', '2.1'] as const] }, { policies: ['2.1'] }];
    expect(policiesOf(steps)).toEqual(['1.1']);
  });

  it('drops mapped policies where mapping is inhibited', () => {
    const steps = [
      { policies: ['1.1'], mappings: [['1.1', '2.1'] as const], isMappingAllowed: false },
      { policies: ['2.1'] },
    ];
    expect(run(steps).isNull).toBe(true);
  });

  it('maps out of anyPolicy', () => {
    const steps = [{ policies: [anyPolicy], mappings: [['1.1', '2.1'] as const] }, { policies: ['2.1'] }];
    expect(policiesOf(steps)).toEqual(['1.1']);
  });

  it('does not grow with the number of ways that lead to a policy (RFC 9618)', () => {
    const policies = Array.from({ length: 40 }, (_, i) => `1.${i}`);
    const mappings = policies.flatMap((from) => policies.map((to) => [from, to] as const));
    // 40 policies, each mapped to each, over 24 levels: a tree would have 40 to the power of 24 leaves.
    const graph = run(Array.from({ length: 24 }, () => ({ policies, mappings })));
    expect(graph.authorityPolicies().size).toBe(40);
  });

  it('finds what the tree of RFC 5280 finds', () => {
    const policy = fc.constantFrom('1.1', '1.2', '1.3', anyPolicy);
    const named = fc.constantFrom('1.1', '1.2', '1.3');
    const step = fc.record({
      policies: fc.option(fc.uniqueArray(policy, { minLength: 1, maxLength: 4 }), {
        nil: undefined,
        freq: 10,
      }),
      takesAnyPolicy: fc.boolean(),
      mappings: fc.array(fc.tuple(named, named), { maxLength: 3 }),
      isMappingAllowed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), (steps) => {
        expect(policiesOf(steps)).toEqual(policiesOfTree(steps));
      }),
      { seed: 20_261_122, numRuns: 2000 },
    );
  });
});

describe('the policies of a user', () => {
  it('are those that authorities and user both name', () => {
    const some = new Set(['1.1', '1.2']);
    expect([...userConstrainedPolicies(some, [anyPolicy])]).toEqual(['1.1', '1.2']);
    expect([...userConstrainedPolicies(some, ['1.2', '1.3'])]).toEqual(['1.2']);
    expect([...userConstrainedPolicies(new Set([anyPolicy]), ['1.3'])]).toEqual(['1.3']);
  });
});

interface Leaf {
  readonly policy: string;
  readonly expected: readonly string[];
  /** The policies from the root to here. */
  readonly way: readonly string[];
}

/** The tree of RFC 5280 section 6.1 as written there, by its leaves: exponential, and so only for small cases. */
function policiesOfTree(steps: readonly Step[]): string[] {
  let leaves: Leaf[] = [{ policy: anyPolicy, expected: [anyPolicy], way: [anyPolicy] }];
  for (const { policies, takesAnyPolicy, mappings = [], isMappingAllowed } of steps) {
    const next: Leaf[] = [];
    const grow = (parent: Leaf, policy: string) => {
      next.push({ policy, expected: [policy], way: [...parent.way, policy] });
    };
    for (const policy of policies ?? []) {
      if (policy === anyPolicy) continue;
      const parents = leaves.filter(({ expected }) => expected.includes(policy));
      const any = leaves.filter((leaf) => leaf.policy === anyPolicy);
      for (const parent of parents.length > 0 ? parents : any) grow(parent, policy);
    }
    if (takesAnyPolicy && policies?.includes(anyPolicy)) {
      for (const parent of leaves) {
        for (const policy of parent.expected) {
          const isThere = next.some(
            (leaf) => leaf.policy === policy && leaf.way.slice(0, -1).join() === parent.way.join(),
          );
          if (!isThere) grow(parent, policy);
        }
      }
    }
    leaves = mapped(next, mappings, isMappingAllowed ?? true);
  }
  const found = leaves.map(({ way }) => way.find((policy) => policy !== anyPolicy) ?? anyPolicy);
  return [...new Set(found)].sort();
}

function mapped(
  leaves: Leaf[],
  mappings: readonly (readonly [string, string])[],
  isAllowed: boolean,
): Leaf[] {
  let result = leaves;
  for (const from of new Set(mappings.map(([policy]) => policy))) {
    const expected = mappings.filter(([policy]) => policy === from).map(([, to]) => to);
    const has = leaves.some(({ policy }) => policy === from);
    if (!isAllowed) result = result.filter(({ policy }) => policy !== from);
    else if (has) result = result.map((leaf) => (leaf.policy === from ? { ...leaf, expected } : leaf));
    else {
      const any = leaves.find(({ policy }) => policy === anyPolicy);
      if (any !== undefined)
        result = [...result, { policy: from, expected, way: [...any.way.slice(0, -1), from] }];
    }
  }
  return result;
}
