import { describe, expect, it } from 'vitest';
import { AnswerCache, isHalfThrough } from '../../../../../src/main/services/status/answer-cache.ts';

const answer = (serialNumber: string) => ({
  authorityId: 'ca',
  serialNumber,
  der: new Uint8Array(),
  thisUpdate: new Date('2026-01-01T00:00:00Z'),
  nextUpdate: new Date('2026-01-02T00:00:00Z'),
  tag: `"${serialNumber}"`,
});

describe('kept answers', () => {
  it('are forgotten when there are too many, the least recently used first', () => {
    const cache = new AnswerCache(2);
    cache.keep('a', answer('01'), 0);
    cache.keep('b', answer('02'), 0);
    cache.find('a');
    cache.keep('c', answer('03'), 0);
    expect([cache.size, cache.find('a')?.tag, cache.find('b')]).toEqual([2, '"01"', undefined]);
  });

  it('about one certificate go together, however its id was written, and leave the others', () => {
    const cache = new AnswerCache(9);
    cache.keep('by sha1', answer('01'), 0);
    cache.keep('by sha256', answer('01'), 0);
    cache.keep('other', answer('02'), 0);
    cache.forget('ca', '01');
    expect([cache.find('by sha1'), cache.find('by sha256'), cache.size]).toEqual([undefined, undefined, 1]);
  });

  it('do not come back from a signing that began before the revocation', () => {
    const cache = new AnswerCache(9);
    const { generation } = cache;
    cache.forget('ca', '01');
    cache.keep('a', answer('01'), generation);
    expect(cache.find('a')).toBeUndefined();
    cache.keep('a', answer('01'), cache.generation);
    expect(cache.find('a')?.tag).toBe('"01"');
  });

  it('are due after half their time', () => {
    const cache = new AnswerCache(9);
    cache.keep('a', answer('01'), 0);
    const due = (time: string) => cache.idsWhere((kept) => isHalfThrough(kept, new Date(time)));
    expect(due('2026-01-01T12:00:00Z')).toEqual([]);
    expect(due('2026-01-01T12:00:01Z')).toEqual(['a']);
    expect(isHalfThrough(answer('01'), new Date('2026-01-01T11:00:00Z'))).toBe(false);
  });
});
