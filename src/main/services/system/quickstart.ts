import type { PolicyDefinition } from '../../../shared/model/policy.ts';
import type { Output, ParsedInput } from '../../../shared/operations/index.ts';
import type { Context } from '../context.ts';
import { finish } from '../finish.ts';
import type { Handlers } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';

const realmSlug = 'default';
const rsaAndEc = ['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-2048', 'rsa-3072', 'rsa-4096'] as const;

type Names = PolicyDefinition['subjectAltNames'];
const names = (...types: ('dns' | 'ip' | 'email' | 'uri' | 'upn')[]): Names => ({
  mode: 'rules',
  rules: types.map((type) => ({ type })),
});

interface Template {
  readonly slug: string;
  readonly name: string;
  readonly defaultValidity: string;
  readonly definition: PolicyDefinition;
  readonly selfSigned?: true;
}

const common = {
  subject: { mode: 'any' },
  allowWildcards: false,
  keyAlgorithms: [...rsaAndEc],
  isCa: false,
} as const;

const server: PolicyDefinition = {
  ...common,
  keyAlgorithms: [...rsaAndEc],
  subjectAltNames: names('dns', 'ip'),
  keyUsages: { allowed: ['keyEncipherment'], required: ['digitalSignature'] },
  extendedKeyUsages: { allowed: ['clientAuth'], required: ['serverAuth'] },
  maxValidity: 'P398D',
};

/** What most private CAs issue; a starting point that people change. */
const templates: readonly Template[] = [
  {
    slug: 'tls-server',
    name: 'TLS server',
    defaultValidity: 'P90D',
    definition: server,
  },
  {
    slug: 'tls-client',
    name: 'TLS client',
    defaultValidity: 'P90D',
    definition: {
      ...common,
      keyAlgorithms: [...rsaAndEc],
      subjectAltNames: names('dns', 'email', 'uri', 'upn'),
      keyUsages: { allowed: ['keyEncipherment'], required: ['digitalSignature'] },
      extendedKeyUsages: { allowed: [], required: ['clientAuth'] },
      maxValidity: 'P398D',
    },
  },
  {
    slug: 'code-signing',
    name: 'Code signing',
    defaultValidity: 'P1Y',
    definition: {
      ...common,
      keyAlgorithms: ['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-3072', 'rsa-4096'],
      subjectAltNames: { mode: 'none' },
      keyUsages: { allowed: [], required: ['digitalSignature'] },
      extendedKeyUsages: { allowed: [], required: ['codeSigning'] },
      maxValidity: 'P3Y',
    },
  },
  {
    slug: 'user',
    name: 'User',
    defaultValidity: 'P1Y',
    definition: {
      ...common,
      keyAlgorithms: [...rsaAndEc],
      subjectAltNames: names('email', 'upn'),
      keyUsages: { allowed: ['keyEncipherment', 'contentCommitment'], required: ['digitalSignature'] },
      extendedKeyUsages: { allowed: ['emailProtection'], required: ['clientAuth'] },
      maxValidity: 'P2Y',
    },
  },
  {
    slug: 'self-signed',
    name: 'Self-signed server',
    defaultValidity: 'P90D',
    selfSigned: true,
    definition: { ...server, allowSelfSigned: true },
  },
  {
    slug: 'tls-server-approval',
    name: 'Server after approval',
    defaultValidity: 'P90D',
    definition: {
      ...server,
      approval: {
        required: true,
        steps: [{ name: 'Approval', needed: 1, roles: ['administrator', 'approver'] }],
        selfApproval: false,
      },
    },
  },
];

/** Makes what is missing of a working set, each part by the operation that anyone would use for it. */
export async function quickstart(
  rooms: Rooms,
  handlers: Pick<Handlers, 'realms.create' | 'authorities.create' | 'policies.create' | 'profiles.create'>,
  caller: Context,
): Promise<Output<'system.quickstart'>> {
  const { store } = rooms;
  const context = { ...caller, idempotency: null };
  const created: string[] = [];
  const known = (await rooms.realms.all()).find((realm) => realm.slug === realmSlug);
  if (!known) {
    await handlers['realms.create']({ slug: realmSlug, name: 'Default' }, context);
    created.push(`realm ${realmSlug}`);
  }
  const realm = await rooms.realms.require(context.principal, realmSlug);

  const ensureAuthority = async (input: Omit<ParsedInput<'authorities.create'>, 'realm'>) => {
    if (await store.authorities.find(input.slug)) return;
    await handlers['authorities.create']({ ...input, realm: realmSlug }, context);
    created.push(`authority ${input.slug}`);
  };
  await ensureAuthority({
    slug: 'root',
    name: 'Chancery Root CA',
    validity: 'P20Y',
    keyAlgorithm: 'ecdsa-p384',
  });
  await ensureAuthority({
    slug: 'issuing',
    name: 'Chancery Issuing CA',
    parent: 'root',
    validity: 'P10Y',
    pathLength: 0,
    keyAlgorithm: 'ecdsa-p256',
  });

  for (const { slug, name, definition, defaultValidity, selfSigned } of templates) {
    if (!(await store.policies.findPolicy(realm.id, slug))) {
      await handlers['policies.create']({ slug, name, realm: realmSlug, definition }, context);
      created.push(`policy ${slug}`);
    }
    if ((await store.policies.findProfiles(slug, [realm.id])).length === 0) {
      const issuer = selfSigned ? null : 'issuing';
      const input = { slug, name, realm: realmSlug, policy: slug, issuer, defaultValidity };
      await handlers['profiles.create'](
        { ...input, defaultKeyAlgorithm: 'ecdsa-p256', lint: 'rfc5280', keysInUse: 'warn' },
        context,
      );
      created.push(`profile ${slug}`);
    }
  }
  const output = {
    realm: realmSlug,
    authorities: ['root', 'issuing'],
    profiles: templates.map((template) => template.slug),
    created,
  };
  const event = { type: 'system.quickstarted', realm: realm.id, detail: { created } };
  return finish(rooms, caller, { statements: [], event }, output);
}
