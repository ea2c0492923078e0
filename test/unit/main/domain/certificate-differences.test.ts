import { expect, it } from 'vitest';
import { type ComparedCertificate, certificateDifferences } from '../../../../src/main/domain/index.ts';

const before: ComparedCertificate = {
  subject: { commonName: 'a.example', organization: 'A', domainComponent: ['example', 'a'] },
  subjectAltNames: [
    { type: 'dns', value: 'a.example' },
    { type: 'ip', value: '192.0.2.1' },
  ],
  keyUsages: ['digitalSignature', 'keyEncipherment'],
  extendedKeyUsages: ['serverAuth'],
  keyAlgorithm: 'ecdsa-p256',
  publicKey: 'aa',
  isCa: false,
};

it('finds nothing between a certificate and the same in another order', () => {
  const same = {
    ...before,
    subjectAltNames: [...before.subjectAltNames].reverse(),
    keyUsages: [...before.keyUsages].reverse(),
  };
  expect(certificateDifferences(before, same)).toEqual([]);
});

it.each<[string, Partial<ComparedCertificate>, object]>([
  [
    'an attribute that is left out',
    { subject: { commonName: 'a.example', domainComponent: ['example', 'a'] } },
    { field: 'organization', before: ['A'], after: [] },
  ],
  [
    'an attribute that is new',
    { subject: { ...before.subject, country: 'DE' } },
    { field: 'country', before: [], after: ['DE'] },
  ],
  [
    'a name of another type',
    { subjectAltNames: [{ type: 'dns', value: 'a.example' }] },
    { field: 'subjectAltNames', before: ['dns:a.example', 'ip:192.0.2.1'], after: ['dns:a.example'] },
  ],
  ['another key', { publicKey: 'bb' }, { field: 'publicKey', before: ['aa'], after: ['bb'] }],
  ['an authority', { isCa: true }, { field: 'isCa', before: ['false'], after: ['true'] }],
  ['a usage twice', { extendedKeyUsages: ['serverAuth', 'serverAuth'] }, { field: 'extendedKeyUsages' }],
])('finds %s', (_, change, difference) => {
  const found = certificateDifferences(before, { ...before, ...change });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject(difference);
});
