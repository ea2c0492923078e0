import { describe, expect, it } from 'vitest';
import {
  definitionOf,
  shownParts,
} from '../../../../../../src/main/http/surfaces/hanzo/policy-definition.ts';
import { PolicyParts } from '../../../../../../src/main/http/surfaces/hanzo/policy-shapes.ts';
import { PolicyDefinition } from '../../../../../../src/shared/model/policy.ts';

type Given = Parameters<typeof PolicyParts.parse>[0];

const made = (parts: object) => PolicyDefinition.parse(definitionOf(PolicyParts.parse(parts as Given)));
const there = (parts: object) => shownParts(made(parts));

describe('a policy of Hanzo KMS', () => {
  it('asks nothing where it says nothing, but is for no authority', () => {
    expect(made({})).toMatchObject({
      subject: { mode: 'any' },
      subjectAltNames: { mode: 'any' },
      keyUsages: { allowed: [], required: [], allowOthers: true },
      extendedKeyUsages: { allowed: [], required: [], allowOthers: true },
      maxValidity: '999y',
      basicConstraints: { isCa: 'denied' },
      allowWildcards: true,
      allowSelfSigned: true,
    });
    const shown = there({});
    expect(shown).not.toHaveProperty('subject');
    expect(shown).not.toHaveProperty('sans');
    expect(shown).not.toHaveProperty('keyUsages');
    expect(shown.validity).toEqual({});
  });

  it('permits nothing where a section is there and empty', () => {
    expect(made({ subject: [], sans: [], keyUsages: { allowed: [] } })).toMatchObject({
      subject: { mode: 'none' },
      subjectAltNames: { mode: 'none' },
      keyUsages: { allowed: [], required: [] },
    });
    expect(made({ keyUsages: { allowed: [] } }).keyUsages).not.toHaveProperty('allowOthers');
    expect(there({ subject: [], sans: [], keyUsages: { allowed: [] } })).toMatchObject({
      subject: [],
      sans: [],
      keyUsages: { allowed: [] },
    });
  });

  it.each([
    ['dns_name', 'dns', '**'],
    ['ip_address', 'ip', '*'],
    ['email', 'email', '*@**'],
    ['uri', 'uri', '*'],
    ['upn', 'upn', '*@**'],
  ])('means by * alone any value of %s, whatever its dots', (theirs, ours, pattern) => {
    const parts = { sans: [{ type: theirs, allowed: ['*'] }] };
    expect(made(parts).subjectAltNames).toEqual({
      mode: 'rules',
      rules: [{ type: ours, allowed: [pattern] }],
    });
    expect(there(parts).sans).toEqual(parts.sans);
  });

  it.each([
    ['365d', '365d'],
    ['24h', '24h'],
    ['12m', '12m'],
    ['18m', '18m'],
    ['2y', '2y'],
    ['P398D', '398d'],
    ['P1Y6M', '18m'],
    ['P2W', '14d'],
    ['PT12H', '12h'],
    ['P1DT12H', 'P1DT12H'],
  ])('shows the longest validity %s as %s', (maxValidity, shown) => {
    expect(shownParts({ ...made({}), maxValidity }).validity).toEqual({ max: shown });
  });

  it('comes back as it was given', () => {
    const parts = {
      description: 'Servers',
      subject: [{ type: 'common_name', required: ['*.example.com'], denied: ['root.example.com'] }],
      sans: [{ type: 'dns_name', allowed: ['*.example.com'] }],
      keyUsages: { required: ['digital_signature'], denied: ['crl_sign'] },
      extendedKeyUsages: { allowed: ['server_auth', '1.3.6.1.4.1.311.20.2.2'] },
      algorithms: { signature: ['ECDSA-SHA256'], keyAlgorithm: ['EC_prime256v1'] },
      validity: { max: '90d' },
      basicConstraints: { isCA: 'allowed', maxPathLength: 1 },
    };
    expect(there(parts)).toEqual(parts);
  });

  it('leaves alone what a change does not name, and what has no word there', () => {
    const approval = {
      required: true,
      steps: [{ name: 'One', needed: 1, roles: ['approver'] }],
      selfApproval: false,
    };
    const former = PolicyDefinition.parse({
      ...made({ subject: [], validity: { max: '90d' } }),
      allowWildcards: false,
      approval,
    });
    const changed = PolicyDefinition.parse(
      definitionOf(PolicyParts.parse({ validity: { max: '7d' } }), former),
    );
    expect(changed).toEqual({ ...former, maxValidity: '7d' });
  });

  it.each([
    [{ subject: [{ type: 'common_name' }] }, 'at least one allowed, required, or denied'],
    [{ validity: { max: '90 days' } }, 'must be in format like'],
    [{ keyUsages: { allowed: ['everything'] } }, 'Invalid option'],
    [{ basicConstraints: { maxPathLength: -2 } }, '>=-1'],
  ])('is refused where it is %j', (parts, message) => {
    const result = PolicyParts.safeParse(parts);
    expect(result.error?.issues.map((issue) => issue.message).join()).toContain(message);
  });
});
