import type { Claims } from '../../../shared/model/identity-provider.ts';
import { type Permission, type Role, roleGrants } from '../../../shared/model/permissions.ts';
import type { IdentityExplanation } from '../../../shared/operations/identity-providers.ts';
import { matchIdentityRules } from '../../domain/index.ts';
import type { Principal } from '../context.ts';
import type { Rooms } from '../rooms.ts';
import { isLdap, type Provider } from './provider-directory.ts';

/** A role that rules give, and where. */
export interface MappedGrant {
  readonly role: Role;
  /** Ids; null for all, those to come included. */
  readonly realms: readonly string[] | null;
}

/** What the provider's rules give to whom it says this of; empty where no rule matches. */
export function grantsOf(provider: Provider, claims: Claims): MappedGrant[] {
  return matchIdentityRules(provider.rules, claims, isLdap(provider))
    .filter(({ matches }) => matches)
    .map(({ rule }) => ({ role: rule.role, realms: rule.realms }));
}

/** The same for people to read, rule by rule. */
export async function explainIdentity(
  rooms: Pick<Rooms, 'realms'>,
  provider: Provider,
  claims: Claims,
): Promise<IdentityExplanation> {
  const slugs = await rooms.realms.slugs();
  const rules = matchIdentityRules(provider.rules, claims, isLdap(provider)).map(
    ({ rule, matches, found }) => ({
      claim: rule.claim,
      value: rule.value,
      role: rule.role,
      realms: rule.realms?.flatMap((id) => slugs.get(id) ?? []) ?? null,
      matches,
      found: found.slice(0, 50),
    }),
  );
  return { claims: { ...claims }, rules, isAdmitted: rules.some(({ matches }) => matches) };
}

/** Deciding on requests is for people at a session: who also had a token or a password could approve their own. */
const forPeopleAlone: readonly Permission[] = ['requests.decide'];

/** Who holds a token or a password of a provider, as a caller. */
export function externalPrincipal(
  provider: Provider,
  subject: string,
  name: string,
  grants: readonly MappedGrant[],
): Principal | undefined {
  const [first] = grants;
  if (!first) return undefined;
  const same = grants.filter(({ role }) => role === first.role);
  return {
    kind: 'client',
    id: `${provider.id}:${subject}`,
    name: `${provider.slug}/${name}`,
    role: first.role,
    permissions: new Set(roleGrants[first.role].filter((one) => !forPeopleAlone.includes(one))),
    realms: realmsOf(same),
  };
}

export function realmsOf(grants: readonly MappedGrant[]): 'all' | readonly string[] {
  if (grants.some(({ realms }) => realms === null)) return 'all';
  return [...new Set(grants.flatMap(({ realms }) => realms ?? []))];
}
