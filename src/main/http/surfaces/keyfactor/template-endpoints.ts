/** Templates, enrolment patterns and certificate authorities: profiles and authorities here. */
import type { Output } from '../../../../shared/operations/index.ts';
import { type KeyfactorCall, missing, pageOf, requireNumber } from './keyfactor-call.ts';
import { keyOf } from './keyfactor-certificate.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';
import { ListAnswer } from './list-answer.ts';

type Profile = Output<'profiles.show'>;
type Authority = Output<'authorities.show'>;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** All of a list, which is short. */
export async function wholeList<Item>(
  turn: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await turn({ limit: 500, ...(cursor !== undefined && { cursor }) });
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

export const allProfiles = ({ perform }: Pick<KeyfactorCall, 'perform'>): Promise<Profile[]> =>
  wholeList((page) => perform('profiles.list', page));

async function templates(call: KeyfactorCall): Promise<{ readonly Id: number | null }[]> {
  const profiles = await allProfiles(call);
  const numberOf = await call.numbers.of(profiles.map(({ id }) => id));
  return profiles.map((profile) => {
    const key = keyOf(profile.defaultKeyAlgorithm);
    return {
      Id: numberOf(profile.id),
      CommonName: profile.slug,
      TemplateName: profile.name,
      Oid: '',
      KeySize: String(key.bits),
      KeyType: key.name,
      ForestRoot: profile.realm,
      ConfigurationTenant: profile.realm,
      FriendlyName: profile.name,
      KeyRetention: profile.keyRetention === 'sealed' ? 'Indefinite' : 'None',
      KeyRetentionDays: null,
      KeyArchival: false,
      EnrollmentFields: [],
      AllowedEnrollmentTypes: profile.enabled ? 3 : 0,
      TemplateRegexes: [],
      UseAllowedRequesters: false,
      AllowedRequesters: [],
      RequiresApproval: profile.approval !== null,
      DisplayName: profile.name,
      ExtendedKeyUsages: [],
    };
  });
}

async function patterns(call: KeyfactorCall): Promise<{ readonly Id: number | null }[]> {
  const profiles = await allProfiles(call);
  const numberOf = await call.numbers.of(profiles.map(({ id }) => id));
  return profiles.map(({ id, slug, name, description, enabled }) => ({
    Id: numberOf(id),
    Name: slug,
    Description: description,
    Template: { Id: numberOf(id), CommonName: slug, DisplayName: name, TemplateName: name },
    AllowedEnrollmentTypes: enabled ? 3 : 0,
    TemplateDefault: true,
    UseADPermissions: false,
    AssociatedRoles: [],
    CertificateAuthorities: [],
  }));
}

async function authorities(call: KeyfactorCall): Promise<{ readonly Id: number | null }[]> {
  const all = await wholeList<Authority>((page) => call.perform('authorities.list', page));
  const numberOf = await call.numbers.of(all.map(({ id }) => id));
  return all.map(({ id, slug, name, realm, kind, parent, status }) => ({
    Id: numberOf(id),
    LogicalName: slug,
    HostName: '',
    DisplayName: name,
    ForestRoot: realm,
    ConfigurationTenant: realm,
    CAType: 1,
    Kind: kind,
    ParentCAName: parent ?? '',
    Standalone: false,
    MonitorThresholds: false,
    AllowedEnrollmentTypes: status === 'active' ? 3 : 0,
    KeyRetention: 1,
  }));
}

type Things = (call: KeyfactorCall) => Promise<{ readonly Id: number | null }[]>;

function listAndGet(path: `/${string}`, tag: string, what: string, things: Things): KeyfactorEndpoint[] {
  return [
    {
      ...{ method: 'GET', path, tag, summary: `Returns all ${tag} entries` },
      run: async (call) => ListAnswer.pageOf(await things(call), pageOf(call.query)),
    },
    {
      ...{ method: 'GET', path: `${path}/{id}`, tag, summary: `Returns one ${what}` },
      run: async (call) => {
        const number = requireNumber(call.path.id, what);
        const one = (await things(call)).find(({ Id }) => Id === number);
        if (one) return one;
        throw missing(`There is no ${what} ${number}.`);
      },
    },
  ];
}

export const templateEndpoints: readonly KeyfactorEndpoint[] = [
  ...listAndGet('/Templates', 'Template', 'template', templates),
  ...listAndGet('/EnrollmentPatterns', 'EnrollmentPattern', 'enrollment pattern', patterns),
  ...listAndGet('/CertificateAuthority', 'CertificateAuthority', 'certificate authority', authorities),
];
