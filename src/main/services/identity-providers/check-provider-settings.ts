import { FilterParser } from 'ldapts';
import { ChanceryError } from '../../../shared/errors.ts';
import type { ProviderSettings } from '../../../shared/model/identity-provider.ts';
import { X509Certificate } from '../../crypto/index.ts';
import { fillFilter } from '../../domain/index.ts';

/** Checks what the shape of the settings cannot say. Throws INVALID_INPUT at the setting. */
export function checkProviderSettings(settings: ProviderSettings): void {
  if (settings.ca !== undefined) {
    try {
      new X509Certificate(settings.ca);
    } catch {
      throw wrong('ca', 'is the PEM of a certificate');
    }
  }
  if (settings.kind === 'ldap') {
    if (!isFilter(settings.userFilter)) throw wrong('userFilter', 'is a search filter by RFC 4515');
    if (!isFilter(settings.groupFilter)) throw wrong('groupFilter', 'is a search filter by RFC 4515');
    return;
  }
  if (!settings.scopes.includes('openid')) throw wrong('scopes', 'have openid among them');
  // An ID token has the client as its audience, and is no access token (RFC 8725 section 3.12).
  if (settings.tokenAudience === settings.clientId) {
    throw wrong('tokenAudience', 'is not the client itself: its ID tokens have that audience');
  }
}

function isFilter(template: string): boolean {
  try {
    FilterParser.parseString(fillFilter(template, { username: 'x', domain: 'x', dn: 'x' }));
    return true;
  } catch {
    return false;
  }
}

function wrong(setting: string, message: string): ChanceryError {
  return new ChanceryError({
    code: 'INVALID_INPUT',
    detail: `The setting ${setting} ${message}.`,
    violations: [{ path: ['settings', setting], rule: `identity-provider.${setting}`, message }],
  });
}
