import { describe, expect, it } from 'vitest';
import { matchIdentityRules } from '../../../../src/main/domain/identity-rules.ts';

const matches = (claim: string, value: string, claims: Record<string, unknown>, ignoresCase = false) =>
  matchIdentityRules([{ claim, value }], claims, ignoresCase).map((one) => one.matches)[0];

describe('the rules of an identity provider', () => {
  it.each([
    ['groups', 'ra', { groups: ['x', 'ra'] }],
    ['groups', 'ra', { groups: 'ra' }],
    ['realm_access.roles', 'ra', { realm_access: { roles: ['ra'] } }],
    ['https://example.com/roles', 'ra', { 'https://example.com/roles': ['ra'] }],
    ['email_verified', 'true', { email_verified: true }],
    ['level', '3', { level: 3 }],
    ['sub', '*', { sub: 'anybody' }],
  ])('match %s = %s', (claim, value, claims) => {
    expect(matches(claim, value, claims)).toBe(true);
  });

  it.each([
    ['groups', 'ra', {}],
    ['groups', 'ra', { groups: ['ra-operators', 'RA', 'xra'] }],
    ['groups', 'ra', { groups: { ra: true } }],
    ['groups', 'ra', { groups: [['ra'], { ra: 'ra' }] }],
    ['groups', '*', { groups: [] }],
    ['groups', '*', { groups: null }],
    ['constructor.name', 'Object', {}],
    ['__proto__', '*', {}],
  ])('do not match %s = %s', (claim, value, claims) => {
    expect(matches(claim, value, claims)).toBe(false);
  });

  it('tell names of a directory apart without regard to case, and others with it', () => {
    const claims = { groups: ['CN=Admins,DC=example'] };
    expect(matches('groups', 'cn=admins,dc=EXAMPLE', claims, true)).toBe(true);
    expect(matches('groups', 'cn=admins,dc=EXAMPLE', claims)).toBe(false);
  });

  it('say what was found', () => {
    const [found] = matchIdentityRules([{ claim: 'groups', value: 'ra' }], { groups: ['a', 'b'] }, false);
    expect(found).toMatchObject({ matches: false, found: ['a', 'b'] });
  });
});
