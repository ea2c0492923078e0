import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSlug, toSlug } from '../../../../src/main/domain/slug.ts';

describe('isSlug', () => {
  it.each(['a', 'tls-server', '0', 'a-b-c', 'a'.repeat(63)])('takes %s', (text) =>
    expect(isSlug(text)).toBe(true),
  );

  it.each(['', '-', 'a-', '-a', 'a--b', 'A', 'a b', 'a_b', 'a.b', 'ä', 'a\n', '../a', 'a'.repeat(64)])(
    'refuses %j',
    (text) => expect(isSlug(text)).toBe(false),
  );
});

describe('toSlug', () => {
  it.each([
    ['TLS server', 'tls-server'],
    ['  Müller & Söhne  ', 'mueller-soehne'],
    ['Mu\u0308ller', 'mueller'],
    ['Straße', 'strasse'],
    ['Crème brûlée', 'creme-brulee'],
    ['ﬁle', 'file'],
    ['../../etc/passwd', 'etc-passwd'],
    ['東京', 'unnamed'],
    ['', 'unnamed'],
    [`${'a'.repeat(62)} b`, 'a'.repeat(62)],
  ])('makes of %j %s', (name, slug) => expect(toSlug(name)).toBe(slug));

  it('always makes a slug', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (name) => isSlug(toSlug(name))));
  });
});
