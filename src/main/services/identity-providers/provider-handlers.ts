import { ChanceryError } from '../../../shared/errors.ts';
import type { IdentityRule, ProviderSettings } from '../../../shared/model/identity-provider.ts';
import type { IdentityProvider } from '../../../shared/operations/identity-providers.ts';
import { newId } from '../../crypto/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import { handlersFor } from '../handlers.ts';
import { requireMayGive } from '../roles/may-give.ts';
import { grantOf } from '../roles/role-directory.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { checkProviderSettings } from './check-provider-settings.ts';
import type { ExternalSignIns } from './external-sign-ins.ts';
import { requireLocalAdministrator } from './federated-operators.ts';
import { isOidc, type Provider, type StoredRule, secretPurpose } from './provider-directory.ts';
import { testProvider } from './test-provider.ts';

async function providerPresenter(rooms: Rooms) {
  const slugs = await rooms.realms.slugs();
  return (provider: Provider): IdentityProvider => ({
    id: provider.id,
    slug: provider.slug,
    name: provider.name,
    enabled: provider.isEnabled,
    settings: provider.settings,
    hasSecret: provider.row.sealed !== null,
    rules: provider.rules.map(({ realms, ...rule }) => ({
      ...rule,
      ...(realms !== null && { realms: realms.flatMap((id) => slugs.get(id) ?? []) }),
    })),
    createdAt: new Date(provider.row.createdAt).toISOString(),
  });
}

/** The rules with realms by their ids. Throws NOT_FOUND. */
async function storedRules(
  rooms: Rooms,
  { principal }: Context,
  rules: readonly IdentityRule[],
): Promise<StoredRule[]> {
  const idOf = async (realm: string) => (await rooms.realms.require(principal, realm)).id;
  return Promise.all(
    rules.map(async ({ claim, value, role, realms: named }) => {
      const realms = named === undefined ? null : await Promise.all(named.map(idOf));
      // Who writes a rule gives a role, to whom it may concern.
      requireMayGive(principal, grantOf(await rooms.roles.require(role), realms ?? 'all'));
      return { claim, value, role, realms };
    }),
  );
}

/** What the audit record says of it: everything but what is secret. */
const auditOf = (settings: ProviderSettings, rules: readonly IdentityRule[]) => {
  const { ca, ...said } = settings;
  return { settings: { ...said, hasCa: ca !== undefined }, rules };
};

export const identityProviderHandlers = (rooms: Rooms, signIns: ExternalSignIns) => {
  const shown = async (reference: string) =>
    (await providerPresenter(rooms))(await rooms.providers.require(reference));

  return handlersFor('identity-providers')({
    'identity-providers.list': async (input) => {
      const items = (await rooms.providers.all()).map(await providerPresenter(rooms));
      return sliceToPage(items, input, ({ slug, name }) => [slug, name]);
    },

    'identity-providers.create': async (input, context) => {
      const { slug, settings, clientSecret: secret, rules } = input;
      checkProviderSettings(settings);
      const now = rooms.clock();
      const row = {
        id: newId(now),
        slug,
        name: input.name ?? slug,
        enabled: 0,
        settings: JSON.stringify(settings),
        sealed: null as Uint8Array | null,
        rules: JSON.stringify(await storedRules(rooms, context, rules)),
        createdAt: now.getTime(),
      };
      if (secret !== undefined) row.sealed = rooms.vault.seal(secretPurpose(row.id), Buffer.from(secret));
      const insert = rooms.store.identityProviders.insert(row, {
        code: 'ALREADY_EXISTS',
        detail: `There is an identity provider '${slug}' already.`,
      });
      const { id, name, createdAt } = row;
      const output = { id, slug, name, enabled: false, settings, hasSecret: secret !== undefined, rules };
      const event = {
        type: 'identity-provider.created',
        subject: { kind: 'identity-provider', id, name: slug },
        detail: auditOf(settings, rules),
      };
      const answer = { ...output, createdAt: new Date(createdAt).toISOString() };
      await finish(rooms, context, { statements: [insert], event }, answer);
      rooms.providers.refresh();
      return answer;
    },

    'identity-providers.update': async ({ id: reference, ...input }, context) => {
      const provider = await rooms.providers.require(reference);
      const { id, slug } = provider;
      const settings = input.settings ?? provider.settings;
      if (settings.kind !== provider.settings.kind) {
        throw new ChanceryError({
          code: 'CONFLICT',
          detail: 'A provider of one kind does not become one of another.',
          hint: 'Delete it and set up a new one.',
        });
      }
      checkProviderSettings(settings);
      const isEnabled = input.enabled ?? provider.isEnabled;
      if (isEnabled && settings.kind === 'oidc' && settings.signIn) await requireLocalAdministrator(rooms);
      const rules = input.rules === undefined ? undefined : await storedRules(rooms, context, input.rules);
      const change = {
        name: input.name ?? provider.name,
        enabled: isEnabled ? 1 : 0,
        settings: JSON.stringify(settings),
        ...(rules && { rules: JSON.stringify(rules) }),
        ...(input.clientSecret !== undefined && {
          sealed: rooms.vault.seal(secretPurpose(id), Buffer.from(input.clientSecret)),
        }),
      };
      const statements = [rooms.store.identityProviders.update(id, change, gone(slug))];
      const before = (await providerPresenter(rooms))(provider);
      const said = auditOf(settings, input.rules ?? before.rules);
      const event = {
        type: 'identity-provider.changed',
        subject: { kind: 'identity-provider', id, name: slug },
        detail: {
          ...said,
          name: change.name,
          enabled: isEnabled,
          newSecret: input.clientSecret !== undefined,
        },
      };
      const answer = {
        ...before,
        name: change.name,
        enabled: isEnabled,
        settings,
        hasSecret: before.hasSecret || input.clientSecret !== undefined,
        rules: input.rules ?? before.rules,
      };
      await finish(rooms, context, { statements, event }, answer);
      rooms.providers.refresh();
      await signIns.endSessionsOf(id);
      return shown(id);
    },

    'identity-providers.delete': async ({ id: reference }, context) => {
      const { id, slug } = await rooms.providers.require(reference);
      const operators = await rooms.store.identityProviders.operatorIds(id);
      const change = {
        statements: [rooms.store.identityProviders.delete(id, gone(slug))],
        event: {
          type: 'identity-provider.deleted',
          subject: { kind: 'identity-provider', id, name: slug },
          detail: { operators: operators.length },
        },
      };
      await finish(rooms, context, change, {});
      rooms.providers.refresh();
      for (const operator of operators) rooms.sessions.endAllOf(operator);
      return {};
    },

    'identity-providers.test': async ({ id, ...input }) =>
      testProvider(rooms, await rooms.providers.require(id), input),

    'identity-providers.offered': async () => {
      const enabled = (await rooms.providers.enabledOidc()).filter(isOidc);
      const offered = enabled.filter(({ settings }) => settings.signIn);
      return { items: offered.map(({ slug, name }) => ({ slug, name })) };
    },

    'identity-providers.begin-sign-in': (input, context) => signIns.begin(input, context),
    'identity-providers.complete-sign-in': (input, context) => signIns.complete(input, context),
  });
};

const gone = (slug: string) =>
  ({ code: 'NOT_FOUND', detail: `There is no identity provider '${slug}' any more.` }) as const;
