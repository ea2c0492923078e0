/** Which of the rules of an identity provider match somebody's claims; whom none names is nobody. */
import type { Claims } from '../../shared/model/identity-provider.ts';

export interface ClaimRule {
  readonly claim: string;
  readonly value: string;
}

export interface RuleMatch<Rule extends ClaimRule> {
  readonly rule: Rule;
  readonly matches: boolean;
  /** What the claim has, as texts; empty where it is not there. */
  readonly found: readonly string[];
}

/** A claim with more values than this is cut: nobody is in so many groups by honest means. */
const mostValues = 2_000;

/**
 * Each rule with whether it matches. A value is compared as it is, or without regard to case where names are
 * those of a directory (RFC 4517 section 4.2.15); `*` stands for anything that is there.
 */
export function matchIdentityRules<Rule extends ClaimRule>(
  rules: readonly Rule[],
  claims: Claims,
  ignoresCase: boolean,
): RuleMatch<Rule>[] {
  const fold = (text: string) => (ignoresCase ? text.toLowerCase() : text);
  return rules.map((rule) => {
    const found = claimTexts(claims, rule.claim);
    const matches =
      rule.value === '*' ? found.length > 0 : found.some((text) => fold(text) === fold(rule.value));
    return { rule, matches, found };
  });
}

/** What a claim has as texts: by its whole name, or else by the way into objects that its dots say. */
export function claimTexts(claims: Claims, name: string): string[] {
  const value = ownValue(claims, name) ?? name.split('.').reduce<unknown>(ownValue, claims);
  const values = Array.isArray(value) ? value.slice(0, mostValues) : [value];
  return values.flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? [String(one)] : [],
  );
}

function ownValue(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return undefined;
  return (holder as Record<string, unknown>)[name];
}
