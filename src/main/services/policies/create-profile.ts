import { ChanceryError } from '../../../shared/errors.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Profile } from '../../../shared/operations/profiles.ts';
import { newId } from '../../crypto/index.ts';
import type { PolicyRow, ProfileRow, RealmRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { profilePresenter } from './present-profile.ts';
import { definitionOf } from './require-policy.ts';

/** Throws ALREADY_EXISTS; NOT_FOUND for a policy or an issuer that is not in the realm. */
export async function createProfile(
  rooms: Rooms,
  input: ParsedInput<'profiles.create'>,
  context: Context,
): Promise<Profile> {
  const realm = await rooms.realms.choose(context.principal, input.realm);
  const policy = await policyInRealm(rooms, realm, input.policy);
  const isSelfSigned = input.selfSigned ?? input.issuer === null;
  if (isSelfSigned === (typeof input.issuer === 'string')) {
    const message = 'Name the authority that issues, or say that certificates sign themselves.';
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: message,
      violations: [{ path: ['issuer'], rule: 'issuer.choice', message }],
    });
  }
  const authorityId = await issuerInRealm(rooms, realm, policy, input.issuer ?? null);
  const { description, defaults, keyRetention, renewal, approval } = input;
  const now = rooms.clock();
  const row: ProfileRow = {
    id: newId(now),
    realmId: realm.id,
    slug: input.slug,
    name: input.name ?? input.slug,
    policyId: policy.id,
    authorityId,
    enrolmentMethods: JSON.stringify(['api']),
    defaultValidity: input.defaultValidity,
    defaultKeyAlgorithm: input.defaultKeyAlgorithm,
    lint: input.lint,
    keysInUse: input.keysInUse,
    settings: JSON.stringify({ description, defaults, keyRetention, renewal, approval }),
    createdAt: now.getTime(),
  };
  const insert = rooms.store.policies.insertProfile(row, {
    code: 'ALREADY_EXISTS',
    detail: `There is a profile '${input.slug}' in the realm ${realm.slug} already.`,
  });
  const output = (await profilePresenter(rooms))(row);
  const event = {
    type: 'profile.created',
    realm: realm.id,
    subject: { kind: 'profile', id: row.id, name: row.slug },
    detail: { policy: policy.slug, issuer: output.issuer },
  };
  return finish(rooms, context, { statements: [insert], event }, output).finally(() =>
    rooms.profiles.refresh(),
  );
}

/** Throws NOT_FOUND. */
export async function policyInRealm(rooms: Rooms, realm: RealmRow, reference: string): Promise<PolicyRow> {
  const policy = await rooms.store.policies.findPolicy(realm.id, reference);
  if (policy) return policy;
  throw new ChanceryError({
    code: 'NOT_FOUND',
    detail: `There is no policy '${reference}' in the realm ${realm.slug}.`,
  });
}

/** The id of the authority; null where the certificates sign themselves, if the policy permits it. Throws NOT_FOUND. */
export async function issuerInRealm(
  rooms: Rooms,
  realm: RealmRow,
  policy: PolicyRow,
  reference: string | null,
): Promise<string | null> {
  if (reference === null) {
    if (definitionOf(policy).allowSelfSigned) return null;
    const message = `The policy ${policy.slug} does not permit certificates that sign themselves.`;
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: message,
      hint: 'Name an authority, or choose another policy.',
      violations: [{ path: ['issuer'], rule: 'allowSelfSigned', message }],
    });
  }
  const issuer = await rooms.store.authorities.find(reference);
  if (issuer && issuer.realmId === realm.id) return issuer.id;
  throw new ChanceryError({
    code: 'NOT_FOUND',
    detail: `There is no authority '${reference}' in the realm ${realm.slug}.`,
  });
}
