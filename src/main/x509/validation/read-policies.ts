/** Reads the extensions that speak of certificate policies (RFC 5280 sections 4.2.1.4, .5, .11 and .14). */
import type { DerReader } from '../der/der-reader.ts';
import { contextValue, tags } from '../der/der-tags.ts';

export const anyPolicy = '2.5.29.32.0';

export interface PolicyMapping {
  readonly issuerDomainPolicy: string;
  readonly subjectDomainPolicy: string;
}

/** Numbers of certificates until something is required or forbidden. */
export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number | undefined;
  readonly inhibitPolicyMapping?: number | undefined;
}

/** The policies by identifier, each once (section 4.2.1.4). */
export function readCertificatePolicies(value: DerReader): string[] {
  const what = 'certificatePolicies';
  const list = value.enter(tags.sequence, what);
  value.finish(what);
  const policies = new Set<string>();
  do {
    const policy = list.enter(tags.sequence, what);
    const oid = policy.objectIdentifier(what);
    if (policies.has(oid)) policy.fail(`${what} holds ${oid} twice`);
    policies.add(oid);
    if (!policy.isEmpty) readQualifiers(policy.enter(tags.sequence, 'policy qualifiers'));
    policy.finish(what);
  } while (!list.isEmpty);
  return [...policies];
}

function readQualifiers(qualifiers: DerReader): void {
  do {
    const qualifier = qualifiers.enter(tags.sequence, 'a policy qualifier');
    qualifier.objectIdentifier('a policy qualifier');
    qualifier.element('a policy qualifier');
    qualifier.finish('a policy qualifier');
  } while (!qualifiers.isEmpty);
}

export function readPolicyMappings(value: DerReader): PolicyMapping[] {
  const what = 'policyMappings';
  const list = value.enter(tags.sequence, what);
  value.finish(what);
  const mappings: PolicyMapping[] = [];
  do {
    const mapping = list.enter(tags.sequence, what);
    const issuerDomainPolicy = mapping.objectIdentifier(what);
    const subjectDomainPolicy = mapping.objectIdentifier(what);
    mapping.finish(what);
    mappings.push({ issuerDomainPolicy, subjectDomainPolicy });
  } while (!list.isEmpty);
  return mappings;
}

export function readPolicyConstraints(value: DerReader): PolicyConstraints {
  const what = 'policyConstraints';
  const content = value.enter(tags.sequence, what);
  value.finish(what);
  // Section 4.2.1.11: an empty sequence must not be issued.
  if (content.isEmpty) content.fail(`${what} is empty`);
  const next = (number: number) =>
    content.peek() === contextValue(number) ? content.smallInteger(what, contextValue(number)) : undefined;
  const requireExplicitPolicy = next(0);
  const inhibitPolicyMapping = next(1);
  content.finish(what);
  return { requireExplicitPolicy, inhibitPolicyMapping };
}

export function readInhibitAnyPolicy(value: DerReader): number {
  const skip = value.smallInteger('inhibitAnyPolicy');
  value.finish('inhibitAnyPolicy');
  return skip;
}
