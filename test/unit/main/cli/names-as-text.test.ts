import { describe, expect, it } from 'vitest';
import { subjectAltNameFromText, subjectFromText } from '../../../../src/main/cli/names-as-text.ts';

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

describe('an alternative name as text', () => {
  it.each([
    ['dns:www.example', 'dns', 'www.example'],
    ['DNS:*.example', 'dns', '*.example'],
    ['ip:2001:db8::1', 'ip', '2001:db8::1'],
    ['uri:urn:x:1', 'uri', 'urn:x:1'],
    ['upn:a@corp', 'upn', 'a@corp'],
    ['www.example', 'dns', 'www.example'],
    ['192.0.2.1', 'ip', '192.0.2.1'],
    ['2001:db8::1', 'ip', '2001:db8::1'],
    ['a@b.example', 'email', 'a@b.example'],
    ['https://a.example/x', 'uri', 'https://a.example/x'],
  ])('%s', (text, type, value) => {
    expect(subjectAltNameFromText(text)).toEqual({ type, value });
  });

  it('of an unknown type is refused', () => {
    expect(() => subjectAltNameFromText('dsn:www.example')).toThrow(/alternative name/);
  });
});
