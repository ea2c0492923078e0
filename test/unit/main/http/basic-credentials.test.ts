import { describe, expect, it } from 'vitest';
import { basicCredentials } from '../../../../src/main/http/basic-credentials.ts';

const of = (authorization: string) => basicCredentials(new Headers({ authorization }));
const encoded = (text: string) => Buffer.from(text).toString('base64');

describe('Authorization: Basic', () => {
  it.each([
    ['KEYEXAMPLE\\alice:a:b', 'KEYEXAMPLE\\alice', 'a:b'],
    ['alice:', 'alice', ''],
    ['älice:pässword', 'älice', 'pässword'],
  ])('reads %s', (text, name, password) => {
    expect(of(`basic  ${encoded(text)}`)).toEqual({ name, password });
  });

  it('leaves other schemes, and none, to others', () => {
    expect(of('Bearer token')).toBeNull();
    expect(basicCredentials(new Headers())).toBeNull();
  });

  it.each([
    'Basic',
    'Basic !!',
    `Basic ${encoded('nocolon')}`,
    `Basic ${encoded(':x')}`,
    `Basic ${encoded('a:b')} x`,
    `Basic ${encoded('a\0:b')}`,
  ])('refuses %s', (header) => {
    expect(() => of(header)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
