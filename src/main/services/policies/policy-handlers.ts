import { ChanceryError } from '../../../shared/errors.ts';
import type { PolicyExtensions } from '../../../shared/model/extensions.ts';
import { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { Policy, Profile } from '../../../shared/operations/policies.ts';
import { newId } from '../../crypto/index.ts';
import { checkPolicyDefinition, parseDuration } from '../../domain/index.ts';
import type { PolicyRow, ProfileRow } from '../../store/index.ts';
import { CertificateTemplate, encodeName } from '../../x509/index.ts';
import { fixedExtensions } from '../certificates/leaf-template.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';

function presentPolicy(row: PolicyRow, realm: string): Policy {
  const { id, slug, name, version } = row;
  const definition = PolicyDefinition.parse(JSON.parse(row.definition));
  return { id, slug, name, realm, version, definition, createdAt: new Date(row.createdAt).toISOString() };
}

/** Throws INVALID_INPUT for extensions that no certificate could have: better now than at every issuance. */
function requireWritable(extensions: PolicyExtensions): void {
  new CertificateTemplate({
    signatureAlgorithm: 'ecdsa-sha256',
    issuerDer: encodeName({ commonName: 'any' }),
    extensions: fixedExtensions(extensions),
  });
}

interface ProfileNames {
  readonly realm: string;
  readonly policy: string;
  readonly issuer: string | null;
}

function presentProfile(row: ProfileRow, names: ProfileNames): Profile {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    ...names,
    enrolmentMethods: JSON.parse(row.enrolmentMethods) as Profile['enrolmentMethods'],
    defaultValidity: row.defaultValidity,
    defaultKeyAlgorithm: row.defaultKeyAlgorithm as Profile['defaultKeyAlgorithm'],
    lint: row.lint,
    keysInUse: row.keysInUse,
    createdAt: new Date(row.createdAt).toISOString(),
  };
}

export const policyHandlers = (rooms: Rooms) =>
  handlersFor('policies')({
    'policies.list': async (input, { principal }) => {
      const rows = await rooms.store.policies.policies(await rooms.realms.scope(principal, input.realm));
      const slugs = await rooms.realms.slugs();
      const found = rows.map((row) => presentPolicy(row, slugs.get(row.realmId) ?? ''));
      return sliceToPage(found, input, (policy) => [policy.slug, policy.name]);
    },

    'policies.create': async (input, context) => {
      const violations = checkPolicyDefinition(input.definition);
      if (violations.length > 0) {
        throw new ChanceryError({
          code: 'INVALID_INPUT',
          detail: 'The policy has patterns that cannot be read.',
          violations: violations.map((one) => ({ ...one, path: ['definition', ...one.path] })),
        });
      }
      if (input.definition.extensions) requireWritable(input.definition.extensions);
      const realm = await rooms.realms.choose(context.principal, input.realm);
      const now = rooms.clock();
      const row: PolicyRow = {
        id: newId(now),
        realmId: realm.id,
        slug: input.slug,
        name: input.name ?? input.slug,
        version: 1,
        definition: JSON.stringify(input.definition),
        createdAt: now.getTime(),
      };
      const insert = rooms.store.policies.insertPolicy(row, {
        code: 'ALREADY_EXISTS',
        detail: `There is a policy '${input.slug}' in the realm ${realm.slug} already.`,
      });
      const subject = { kind: 'policy', id: row.id, name: row.slug };
      const event = {
        type: 'policy.created',
        realm: realm.id,
        subject,
        detail: { definition: input.definition },
      };
      return finish(rooms, context, { statements: [insert], event }, presentPolicy(row, realm.slug)).finally(
        () => rooms.profiles.refresh(),
      );
    },
  });

export const profileHandlers = (rooms: Rooms) =>
  handlersFor('profiles')({
    'profiles.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const rows = await rooms.store.policies.profiles(realmIds);
      const slugs = await rooms.realms.slugs();
      const policies = new Map(
        (await rooms.store.policies.policies(realmIds)).map((row) => [row.id, row.slug]),
      );
      const issuers = await rooms.authorities.all();
      const found = rows.map((row) =>
        presentProfile(row, {
          realm: slugs.get(row.realmId) ?? '',
          policy: policies.get(row.policyId) ?? '',
          issuer: row.authorityId === null ? null : (issuers.get(row.authorityId)?.row.slug ?? null),
        }),
      );
      return sliceToPage(found, input, (profile) => [profile.slug, profile.name]);
    },

    'profiles.create': async (input, context) => {
      const realm = await rooms.realms.choose(context.principal, input.realm);
      const policy = await rooms.store.policies.findPolicy(realm.id, input.policy);
      const issuer = await rooms.store.authorities.find(input.issuer);
      if (!policy) {
        throw new ChanceryError({
          code: 'NOT_FOUND',
          detail: `There is no policy '${input.policy}' in the realm ${realm.slug}.`,
        });
      }
      if (!issuer || issuer.realmId !== realm.id) {
        throw new ChanceryError({
          code: 'NOT_FOUND',
          detail: `There is no authority '${input.issuer}' in the realm ${realm.slug}.`,
        });
      }
      parseDuration(input.defaultValidity);
      const now = rooms.clock();
      const row: ProfileRow = {
        id: newId(now),
        realmId: realm.id,
        slug: input.slug,
        name: input.name ?? input.slug,
        policyId: policy.id,
        authorityId: issuer.id,
        enrolmentMethods: JSON.stringify(['api']),
        defaultValidity: input.defaultValidity,
        defaultKeyAlgorithm: input.defaultKeyAlgorithm,
        lint: input.lint,
        keysInUse: input.keysInUse,
        createdAt: now.getTime(),
      };
      const insert = rooms.store.policies.insertProfile(row, {
        code: 'ALREADY_EXISTS',
        detail: `There is a profile '${input.slug}' in the realm ${realm.slug} already.`,
      });
      const subject = { kind: 'profile', id: row.id, name: row.slug };
      const event = {
        type: 'profile.created',
        realm: realm.id,
        subject,
        detail: { policy: policy.slug, issuer: issuer.slug },
      };
      const names = { realm: realm.slug, policy: policy.slug, issuer: issuer.slug };
      return finish(rooms, context, { statements: [insert], event }, presentProfile(row, names)).finally(() =>
        rooms.profiles.refresh(),
      );
    },
  });
