import { ChanceryError } from '../../../shared/errors.ts';
import { newId } from '../../crypto/index.ts';
import type { PolicyRow } from '../../store/index.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { policyImpact } from './policy-impact.ts';
import { definitionOf, presentPolicy, requirePolicy, requireUsable } from './require-policy.ts';
import { testPolicy } from './test-policy.ts';
import { updatePolicy } from './update-policy.ts';

export const policyHandlers = (rooms: Rooms) =>
  handlersFor('policies')({
    'policies.list': async (input, { principal }) => {
      const rows = await rooms.store.policies.policies(await rooms.realms.scope(principal, input.realm));
      const slugs = await rooms.realms.slugs();
      const found = rows.map((row) => presentPolicy(row, slugs.get(row.realmId) ?? ''));
      return sliceToPage(found, input, (policy) => [policy.slug, policy.name]);
    },

    'policies.show': async (input, context) => {
      const { row, realm } = await requirePolicy(rooms, context, input.id, input.realm);
      return presentPolicy(row, realm.slug);
    },

    'policies.create': async (input, context) => {
      requireUsable(input.definition);
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
      const statements = rooms.store.policies.insertPolicy(row, context.principal.name, {
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
      return finish(rooms, context, { statements, event }, presentPolicy(row, realm.slug)).finally(() =>
        rooms.profiles.refresh(),
      );
    },

    'policies.update': (input, context) => updatePolicy(rooms, input, context),

    'policies.delete': async (input, context) => {
      const { row, realm } = await requirePolicy(rooms, context, input.id, input.realm);
      const users = (await rooms.profiles.all([realm.id])).filter(({ policy }) => policy.id === row.id);
      const inUse = {
        code: 'CONFLICT',
        detail: `The policy ${row.slug} is used by ${users.length === 1 ? 'a profile' : 'profiles'}: ${users
          .map((user) => user.row.slug)
          .join(', ')}.`,
        hint: 'Give those profiles another policy first, or delete them.',
      } as const;
      if (users.length > 0) throw new ChanceryError(inUse);
      const event = {
        type: 'policy.deleted',
        realm: realm.id,
        subject: { kind: 'policy', id: row.id, name: row.slug },
        detail: { version: row.version },
      };
      const meanwhile = { ...inUse, detail: `The policy ${row.slug} has come into use meanwhile.` };
      return finish(
        rooms,
        context,
        { statements: [rooms.store.policies.deletePolicy(row.id, meanwhile)], event },
        {},
      ).finally(() => rooms.profiles.refresh());
    },

    'policies.versions': async (input, context) => {
      const { row } = await requirePolicy(rooms, context, input.id, input.realm);
      const versions = await rooms.store.policies.versions(row.id);
      return {
        items: versions.map((one) => ({
          version: one.version,
          definition: definitionOf(one),
          changedBy: one.changedBy,
          changedAt: new Date(one.changedAt).toISOString(),
        })),
      };
    },

    'policies.impact': (input, context) => policyImpact(rooms, input, context),
    'policies.test': (input, context) => testPolicy(rooms, input, context),
  });
