import fc from 'fast-check';
import { FilterParser } from 'ldapts';
import { describe, expect, it } from 'vitest';
import { fillFilter, parseAccountName } from '../../../../src/main/domain/search-filter.ts';

describe('the filter for an account', () => {
  it('writes what means something to it as RFC 4515 does', () => {
    const filter = fillFilter('(&(cn={username})(dc={domain})({other}))', {
      username: 'Bob (Ops, *\\)\0',
      domain: '*',
    });
    expect(filter).toBe('(&(cn=Bob \\28Ops, \\2a\\5c\\29\\00)(dc=\\2a)({other}))');
  });

  it('compares with the name and nothing else, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (username) => {
        const parsed = FilterParser.parseString(fillFilter('(uid={username})', { username }));
        expect(parsed).toMatchObject({ attribute: 'uid', value: username });
      }),
    );
  });

  it.each([
    ['alice', 'alice', null],
    ['DOMAIN\\alice', 'alice', 'DOMAIN'],
    ['alice@example.com', 'alice', 'example.com'],
    ['a@b@example.com', 'a@b', 'example.com'],
    ['\\alice', '\\alice', null],
    ['alice@', 'alice@', null],
    ['@example.com', '@example.com', null],
  ])('takes %s apart', (name, username, domain) => {
    expect(parseAccountName(name)).toEqual({ username, domain });
  });
});
