import type { Claims } from '../../../shared/model/identity-provider.ts';
import type { Permission } from '../../../shared/model/permissions.ts';
import type { IdentityExplanation } from '../../../shared/operations/identity-providers.ts';
import { matchIdentityRules } from '../../domain/index.ts';
import { type Grant, type Principal, principalWith } from '../context.ts';
import { grantOf } from '../roles/role-directory.ts';
import type { Rooms } from '../rooms.ts';
import { isLdap, type Provider } from './provider-directory.ts';

/** A role that rules give, and where. */
export interface MappedGrant {
  /** Slug. */
  readonly role: string;
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

/** Who holds a token or a password of a provider, as a caller; undefined where no rule gives anything. */
export async function externalPrincipal(
  rooms: Pick<Rooms, 'roles'>,
  provider: Provider,
  subject: string,
  name: string,
  mapped: readonly MappedGrant[],
): Promise<Principal | undefined> {
  const roles = await rooms.roles.all();
  const grants = mapped.flatMap(({ role, realms }): Grant[] => {
    const known = roles.get(role);
    if (!known) return [];
    const grant = grantOf(known, realms ?? 'all');
    return [
      {
        ...grant,
        permissions: new Set([...grant.permissions].filter((one) => !forPeopleAlone.includes(one))),
      },
    ];
  });
  if (grants.length === 0) return undefined;
  const who = { kind: 'client', id: `${provider.id}:${subject}`, name: `${provider.slug}/${name}` } as const;
  return principalWith(who, grants);
}
