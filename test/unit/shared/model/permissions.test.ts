import { describe, expect, it } from 'vitest';
import {
  ownOnly,
  Permission,
  permissions,
  roleGrants,
  roleNames,
} from '../../../../src/shared/model/permissions.ts';

describe('the roles', () => {
  it.each(roleNames)('%s holds known permissions, each once', (role) => {
    for (const permission of roleGrants[role]) expect(Permission.safeParse(permission).success).toBe(true);
    expect(new Set(roleGrants[role]).size).toBe(roleGrants[role].length);
  });

  it.each(roleNames)('%s limits to its own only what it holds', (role) => {
    expect(ownOnly[role].filter((permission) => !roleGrants[role].includes(permission))).toEqual([]);
  });

  it('leave nothing that an administrator may not do', () => {
    expect(roleGrants.administrator).toEqual(permissions);
  });

  it('let an auditor change nothing', () => {
    expect(roleGrants.auditor.filter((permission) => !/\.(read|verify)$/.test(permission))).toEqual([]);
  });

  it('let only those decide on requests who do not make them', () => {
    const both = roleNames.filter(
      (role) =>
        roleGrants[role].includes('requests.decide') && roleGrants[role].includes('certificates.issue'),
    );
    expect(both).toEqual(['administrator']);
  });

  it.each([
    'clients.create',
    'policies.write',
    'authorities.create',
    'requests.decide',
    'audit.read',
    'settings.write',
  ] as const)('keep %s from API clients', (permission) =>
    expect(roleGrants['api-client']).not.toContain(permission),
  );
});
