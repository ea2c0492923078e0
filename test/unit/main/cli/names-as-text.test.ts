import { describe, expect, it } from 'vitest';
import { nameConstraintFromText, subjectAltNameFromText } from '../../../../src/main/cli/names-as-text.ts';

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

describe('a subtree of names as text', () => {
  it.each([
    ['dns:example.com', 'dns', 'example.com'],
    ['IP:2001:db8::/32', 'ip', '2001:db8::/32'],
    ['directory:O=Example,C=DE', 'directory', 'O=Example,C=DE'],
    ['dns:', 'dns', ''],
  ])('%s', (text, type, value) => {
    expect(nameConstraintFromText(text)).toEqual({ type, value });
  });

  it.each(['example.com', 'upn:a@b'])('%s is refused', (text) => {
    expect(() => nameConstraintFromText(text)).toThrow(/subtree/);
  });
});
