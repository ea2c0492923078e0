import { describe, expect, it } from 'vitest';
import { type AlertAddress, alertAddressViolations } from '../../../../src/main/domain/index.ts';

const nowhere: AlertAddress = {
  url: null,
  host: null,
  port: null,
  security: null,
  username: null,
  sender: null,
  recipients: null,
  trust: null,
};
const mail: AlertAddress = {
  ...nowhere,
  host: 'mail.example.com',
  port: 587,
  security: 'starttls',
  sender: 'chancery@example.com',
  recipients: ['one@example.com'],
};

function rulesOf(kind: 'webhook' | 'smtp', address: AlertAddress, hasPassword = false): string[] {
  return alertAddressViolations(kind, address, hasPassword).map(({ path, rule }) => `${path[0]}:${rule}`);
}

describe('the address of a webhook', () => {
  it.each([
    ['https://example.com/hook?key=1', []],
    ['https://[2001:db8::1]:8443/', []],
    ['http://127.0.0.1:8080/', []],
    ['http://localhost/', []],
    ['http://[::1]/', []],
    ['http://example.com/', ['url:url']],
    ['http://localhost.example.com/', ['url:url']],
    ['http://127.0.0.1.example.com/', ['url:url']],
    ['http://0.0.0.0/', ['url:url']],
    ['ftp://example.com/', ['url:url']],
    ['file:///etc/passwd', ['url:url']],
    ['https://user:secret@example.com/', ['url:url']],
    ['https://example.com/#part', ['url:url']],
    ['example.com', ['url:url']],
  ])('%s', (url, rules) => {
    expect(rulesOf('webhook', { ...nowhere, url })).toEqual(rules);
  });

  it('is a URL alone', () => {
    expect(rulesOf('webhook', nowhere)).toEqual(['url:required']);
    expect(rulesOf('webhook', { ...mail, url: 'https://example.com/' }, true)).toEqual(
      ['host', 'port', 'security', 'sender', 'recipients', 'password'].map((field) => `${field}:kind`),
    );
  });
});

describe('the address of a mail server', () => {
  it('is whole, or says all that is missing', () => {
    expect(rulesOf('smtp', mail)).toEqual([]);
    expect(rulesOf('smtp', nowhere)).toEqual(
      ['host', 'port', 'security', 'sender', 'recipients'].map((field) => `${field}:required`),
    );
    expect(rulesOf('smtp', { ...mail, url: 'https://example.com/' })).toEqual(['url:kind']);
  });

  it('is encrypted beyond this machine', () => {
    expect(rulesOf('smtp', { ...mail, security: 'none' })).toEqual(['security:encrypted']);
    expect(rulesOf('smtp', { ...mail, security: 'none', host: 'localhost' })).toEqual([]);
    expect(rulesOf('smtp', { ...mail, security: 'tls' })).toEqual([]);
  });

  it('has user name and password, or neither', () => {
    expect(rulesOf('smtp', { ...mail, username: 'chancery' }, true)).toEqual([]);
    expect(rulesOf('smtp', { ...mail, username: 'chancery' })).toEqual(['password:required']);
    expect(rulesOf('smtp', mail, true)).toEqual(['username:required']);
  });
});
