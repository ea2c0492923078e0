import { describe, expect, it } from 'vitest';
import { emptyContent, readContent } from '../../../../src/renderer/screens/authorities/content-form.ts';
import { createAuthority } from '../../../../src/shared/operations/authorities.ts';

describe('the advanced form of an authority', () => {
  it('asks for nothing while it is empty', () => {
    const { content, unreadable } = readContent(emptyContent);
    expect(Object.values(content).filter((value) => value !== undefined)).toEqual([]);
    expect(unreadable).toEqual({});
  });

  it('reads one thing from each line, as the operation wants it', () => {
    const { content, unreadable } = readContent({
      permittedNames: 'dns:example.com\n\nDIRECTORY: O=Example, C=DE',
      excludedNames: 'ip:2001:db8::/32',
      pathLength: 1,
      notBefore: '2026-01-01',
      notAfter: '2060-12-31',
      certificatePolicies: '1.2.3.4\n1.2.3.5 https://a.example/cps Only inside',
      policyMappings: '1.2.3.4=1.2.9.1',
      requireExplicitPolicy: 0,
      inhibitPolicyMapping: '',
      inhibitAnyPolicy: 2,
      subjectInfoAccess: 'http://a.example/r',
      customExtensions: '1.2.3 critical 05 00\n1.2.4 0500',
    });
    expect(unreadable).toEqual({});
    expect(content).toEqual({
      permittedNames: [
        { type: 'dns', value: 'example.com' },
        { type: 'directory', value: 'O=Example, C=DE' },
      ],
      excludedNames: [{ type: 'ip', value: '2001:db8::/32' }],
      pathLength: 1,
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2060-12-31T23:59:59Z',
      certificatePolicies: [
        { oid: '1.2.3.4' },
        { oid: '1.2.3.5', cps: 'https://a.example/cps', notice: 'Only inside' },
      ],
      policyMappings: [{ issuerDomainPolicy: '1.2.3.4', subjectDomainPolicy: '1.2.9.1' }],
      policyConstraints: { requireExplicitPolicy: 0, inhibitPolicyMapping: undefined },
      inhibitAnyPolicy: 2,
      subjectInfoAccess: [{ method: 'caRepository', url: 'http://a.example/r' }],
      customExtensions: [
        { oid: '1.2.3', critical: true, value: '05 00' },
        { oid: '1.2.4', critical: false, value: '0500' },
      ],
    });
    const input = JSON.parse(JSON.stringify({ slug: 'a', ...content }));
    expect(createAuthority.input.safeParse(input).error).toBeUndefined();
  });

  it.each([
    ['permittedNames', 'example.com'],
    ['excludedNames', 'upn:a@b'],
    ['certificatePolicies', 'https://a.example'],
    ['policyMappings', '1.2.3'],
    ['customExtensions', '1.2.3'],
  ] as const)('says which line of %s it cannot read', (field, line) => {
    const { unreadable } = readContent({ ...emptyContent, [field]: `\n${line}\n${line}` });
    expect(unreadable).toEqual({ [field]: 2 });
  });
});
