import type { ProfileDefaults, ProfileSettings } from '../../../shared/model/profile.ts';
import type { ParsedInput } from '../../../shared/operations/index.ts';
import type { Profile } from '../../../shared/operations/profiles.ts';
import type { ProfileRow } from '../../store/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Rooms } from '../rooms.ts';
import { issuerInRealm, policyInRealm } from './create-profile.ts';
import { profilePresenter, settingsOf } from './present-profile.ts';
import { requireProfile } from './profile-in-use.ts';

type Changes = ParsedInput<'profiles.update'>;

/** Changes what is named; null goes back to what a new profile has. Throws NOT_FOUND. */
export async function updateProfile(rooms: Rooms, input: Changes, context: Context): Promise<Profile> {
  const { row, policy: formerPolicy, realm } = await requireProfile(rooms, context, input.id, input.realm);
  const policy = input.policy === undefined ? formerPolicy : await policyInRealm(rooms, realm, input.policy);
  const isIssuerAsked =
    input.issuer !== undefined || (row.authorityId === null && input.policy !== undefined);
  const next: ProfileRow = {
    ...row,
    policyId: policy.id,
    authorityId: isIssuerAsked
      ? await issuerInRealm(rooms, realm, policy, input.issuer ?? null)
      : row.authorityId,
    name: changed(input.name, row.name, row.slug),
    defaultValidity: changed(input.defaultValidity, row.defaultValidity, 'P90D'),
    defaultKeyAlgorithm: changed(input.defaultKeyAlgorithm, row.defaultKeyAlgorithm, 'ecdsa-p256'),
    lint: changed(input.lint, row.lint, 'rfc5280'),
    keysInUse: changed(input.keysInUse, row.keysInUse, 'warn'),
    settings: JSON.stringify(changedSettings(settingsOf(row), input)),
  };
  const statement = rooms.store.policies.updateProfile(next, {
    code: 'NOT_FOUND',
    detail: `The profile ${row.slug} was deleted meanwhile.`,
  });
  const { id: _, realm: __, ...changes } = input;
  const event = {
    type: 'profile.updated',
    realm: realm.id,
    subject: { kind: 'profile', id: row.id, name: row.slug },
    detail: { changes },
  };
  const output = (await profilePresenter(rooms))(next);
  return finish(rooms, context, { statements: [statement], event }, output).finally(() =>
    rooms.profiles.refresh(),
  );
}

function changed<Value>(given: Value | null | undefined, former: Value, initial: Value): Value {
  if (given === undefined) return former;
  return given ?? initial;
}

function changedSettings(former: ProfileSettings, input: Changes): Partial<ProfileSettings> {
  const { enabled = former.enabled, description, renewal, keyRetention, approval } = input;
  return {
    enabled,
    description: changed(description, former.description, ''),
    defaults: changedDefaults(former.defaults, input.defaults),
    keyRetention: changed(keyRetention, former.keyRetention, 'sealed'),
    approval: approval === undefined ? former.approval : approval,
    ...(renewal !== null && {
      renewal: {
        autoRenew: renewal?.autoRenew ?? former.renewal.autoRenew,
        renewBefore: renewal?.renewBefore ?? former.renewal.renewBefore,
      },
    }),
  };
}

function changedDefaults(former: ProfileDefaults, given: Changes['defaults']): ProfileDefaults {
  if (given === undefined) return former;
  if (given === null) return {};
  const subject = given.subject && { ...former.subject, ...given.subject };
  return defined({ ...former, ...given, ...(subject && { subject: defined(subject) }) }) as ProfileDefaults;
}

/** Without what is null or undefined. */
function defined<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<Fields>;
}
