import type { IdentityRule } from '../../../shared/model/identity-provider.ts';
import type { IdentityProvider } from '../../../shared/operations/identity-providers.ts';
import type { Input } from '../../../shared/operations/index.ts';

/** What the form edits: texts for everything, of both kinds. */
export interface ProviderForm {
  kind: 'oidc' | 'ldap';
  slug: string;
  name: string;
  secret: string;
  ca: string;
  issuer: string;
  clientId: string;
  signIn: boolean;
  scopes: string;
  nameClaim: string;
  tokenAudience: string;
  url: string;
  bindDn: string;
  baseDn: string;
  userFilter: string;
  groupBaseDn: string;
  domains: string;
  rules: IdentityRule[];
}

type Settings = Input<'identity-providers.create'>['settings'];

/** The form of a provider that is there, or of a new one. */
export function formOf(provider: IdentityProvider | null): ProviderForm {
  const empty: ProviderForm = {
    kind: 'oidc',
    slug: '',
    name: '',
    secret: '',
    ca: '',
    issuer: '',
    clientId: '',
    signIn: true,
    scopes: 'openid profile email',
    nameClaim: 'preferred_username',
    tokenAudience: '',
    url: '',
    bindDn: '',
    baseDn: '',
    userFilter: '(sAMAccountName={username})',
    groupBaseDn: '',
    domains: '',
    rules: [],
  };
  if (provider === null) return empty;
  const { settings, slug, name, rules } = provider;
  const shared = { ...empty, slug, name, rules: [...rules], ca: settings.ca ?? '', kind: settings.kind };
  if (settings.kind === 'oidc') {
    const { issuer, clientId, signIn, scopes, nameClaim, tokenAudience = '' } = settings;
    return { ...shared, issuer, clientId, signIn, scopes: scopes.join(' '), nameClaim, tokenAudience };
  }
  const { url, bindDn, baseDn, userFilter, groupBaseDn = '', domains } = settings;
  return { ...shared, url, bindDn, baseDn, userFilter, groupBaseDn, domains: domains.join(' ') };
}

/** The settings that the form says, over those that it does not show. */
export function settingsOf(form: ProviderForm, provider: IdentityProvider | null): Settings {
  const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');
  const given = (name: string, text: string) => (text.trim() === '' ? {} : { [name]: text.trim() });
  const before = provider?.settings;
  if (form.kind === 'oidc') {
    return {
      ...(before?.kind === 'oidc' && { algorithms: before.algorithms }),
      kind: 'oidc',
      issuer: form.issuer.trim(),
      clientId: form.clientId.trim(),
      signIn: form.signIn,
      scopes: words(form.scopes),
      nameClaim: form.nameClaim.trim(),
      ...given('tokenAudience', form.tokenAudience),
      ...given('ca', form.ca),
    };
  }
  return {
    ...(before?.kind === 'ldap' && { groupFilter: before.groupFilter }),
    kind: 'ldap',
    url: form.url.trim(),
    bindDn: form.bindDn.trim(),
    baseDn: form.baseDn.trim(),
    userFilter: form.userFilter.trim(),
    domains: words(form.domains),
    ...given('groupBaseDn', form.groupBaseDn),
    ...given('ca', form.ca),
  };
}
