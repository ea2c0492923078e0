import { describe, expect, it } from 'vitest';
import { subjectFromText } from '../../../../src/shared/model/subject-text.ts';

describe('a subject as text', () => {
  it.each([
    ['CN=web.example,O=Example', { commonName: 'web.example', organization: 'Example' }],
    ['cn = web , C=DE', { commonName: 'web', country: 'DE' }],
    ['O=Example\\, Inc.,CN=a\\=b', { organization: 'Example, Inc.', commonName: 'a=b' }],
    ['CN=M\\C3\\BCller', { commonName: 'Müller' }],
    ['CN=😀', { commonName: '😀' }],
    ['CN=a,DC=example,DC=com', { commonName: 'a', domainComponent: ['com', 'example'] }],
    [
      'emailAddress=a@b.example,ST=Hesse,L=Darmstadt,OU=X,serialNumber=7',
      {
        emailAddress: 'a@b.example',
        state: 'Hesse',
        locality: 'Darmstadt',
        organizationalUnit: 'X',
        serialNumber: '7',
      },
    ],
  ])('%s', (text, subject) => {
    expect(subjectFromText(text)).toEqual(subject);
  });

  it.each(['web.example', 'XX=1', 'CN=a,CN=b', '=a'])('%s is refused', (text) => {
    expect(() => subjectFromText(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
