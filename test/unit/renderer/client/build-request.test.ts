import { describe, expect, it } from 'vitest';
import { buildRequest } from '../../../../src/renderer/client/build-request.ts';

describe('the request of an operation', () => {
  it('puts path fields into the path, escaped, and nowhere else', () => {
    const built = buildRequest({ method: 'POST', path: '/a/{id}/b' }, { id: 'x/../y', reason: 'r' });
    expect(built.url).toBe('/api/v1/a/x%2F..%2Fy/b');
    expect(JSON.parse(built.body ?? '')).toEqual({ reason: 'r' });
  });

  it('puts the rest of a GET into the query and sends no body', () => {
    const built = buildRequest(
      { method: 'GET', path: '/a' },
      { search: 'a b&c', limit: 5, cursor: undefined },
    );
    expect(built).toEqual({ method: 'GET', url: '/api/v1/a?search=a+b%26c&limit=5', body: undefined });
  });

  it('repeats the name for each value of a list', () => {
    expect(buildRequest({ method: 'DELETE', path: '/a' }, { x: ['1', '2'] }).url).toBe('/api/v1/a?x=1&x=2');
  });

  it('refuses to call a path whose field is empty, since that would be another operation', () => {
    expect(() => buildRequest({ method: 'DELETE', path: '/a/{id}' }, { id: '' })).toThrow('id');
  });
});
