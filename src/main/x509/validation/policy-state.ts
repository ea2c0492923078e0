/** The policy side of a path: the graph and the three counters (RFC 5280 sections 6.1.2 to 6.1.5). */
import type { PathCertificate } from './path-certificate.ts';
import { PolicyGraph, userConstrainedPolicies } from './policy-graph.ts';
import { anyPolicy } from './read-policies.ts';
import type { CompleteOptions } from './validation-options.ts';

export interface PathPolicies {
  /** What the authorities of the path assert; with 2.5.29.32.0 where they assert any. */
  readonly authority: readonly string[];
  /** Those of them that are acceptable. */
  readonly user: readonly string[];
  /** Whether the path had to have an acceptable policy. */
  readonly isExplicit: boolean;
}

export class PolicyState {
  readonly #graph = new PolicyGraph();
  readonly #initialPolicies: readonly string[];
  #explicitPolicy: number;
  #policyMapping: number;
  #inhibitAnyPolicy: number;

  /** @param length certificates in the path, without the anchor. */
  constructor(options: CompleteOptions, length: number) {
    this.#initialPolicies = options.initialPolicies;
    this.#explicitPolicy = options.requireExplicitPolicy ? 0 : length + 1;
    this.#policyMapping = options.inhibitPolicyMapping ? 0 : length + 1;
    this.#inhibitAnyPolicy = options.inhibitAnyPolicy ? 0 : length + 1;
  }

  /** Section 6.1.3 (d) to (f); false when an acceptable policy is required and none is left. */
  process({ policies, isSelfIssued }: PathCertificate, isLast: boolean): boolean {
    const takesAnyPolicy = this.#inhibitAnyPolicy > 0 || (!isLast && isSelfIssued);
    this.#graph.add({ policies, takesAnyPolicy });
    return this.#explicitPolicy > 0 || !this.#graph.isNull;
  }

  /** Section 6.1.4 (a), (b), (h) to (j), for a certificate that is not the last. */
  prepare({ policyMappings, policyConstraints, inhibitAnyPolicy, isSelfIssued }: PathCertificate): void {
    this.#graph.map(policyMappings, this.#policyMapping > 0);
    if (!isSelfIssued) this.#countDown();
    this.#explicitPolicy = least(this.#explicitPolicy, policyConstraints.requireExplicitPolicy);
    this.#policyMapping = least(this.#policyMapping, policyConstraints.inhibitPolicyMapping);
    this.#inhibitAnyPolicy = least(this.#inhibitAnyPolicy, inhibitAnyPolicy);
  }

  #countDown(): void {
    this.#explicitPolicy = Math.max(0, this.#explicitPolicy - 1);
    this.#policyMapping = Math.max(0, this.#policyMapping - 1);
    this.#inhibitAnyPolicy = Math.max(0, this.#inhibitAnyPolicy - 1);
  }

  /** Section 6.1.5 (a), (b) and (g), after the last certificate; `isAcceptable` is the verdict. */
  conclude({ policyConstraints }: PathCertificate): PathPolicies & { isAcceptable: boolean } {
    let explicitPolicy = Math.max(0, this.#explicitPolicy - 1);
    if (policyConstraints.requireExplicitPolicy === 0) explicitPolicy = 0;
    const authority = this.#graph.authorityPolicies();
    const user = userConstrainedPolicies(authority, this.#initialPolicies);
    return {
      authority: [...authority],
      user: [...user],
      isExplicit: explicitPolicy === 0,
      isAcceptable: explicitPolicy > 0 || user.size > 0,
    };
  }
}

/** Section 6.1.4 (a): anyPolicy must not be mapped, neither from nor to. */
export function mapsAnyPolicy({ policyMappings }: PathCertificate): boolean {
  return policyMappings.some(
    ({ issuerDomainPolicy, subjectDomainPolicy }) =>
      issuerDomainPolicy === anyPolicy || subjectDomainPolicy === anyPolicy,
  );
}

function least(counter: number, limit: number | undefined): number {
  return limit === undefined ? counter : Math.min(counter, limit);
}
