import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFault, nestingDepth } from '../../../../src/main/http/json-syntax.ts';

describe('the place of a fault in JSON', () => {
  it.each([
    ['{"a":1,}', 1, 8, 'a name in double quotes'],
    ['{\n"a" 1}', 2, 5, "':'"],
    ['[1 2]', 1, 4, "',' or ']'"],
    ['{"a":"x\ny"}', 1, 8, 'the rest of a string'],
    ['{"a":tru}', 1, 6, 'a value'],
    ['{} {}', 1, 4, 'the end'],
    ['{"a":"\\x"}', 1, 7, 'the rest of a string'],
    ['[', 1, 2, 'a value'],
  ])('%j', (text, line, column, expected) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(findFault(text)).toEqual({ line, column, expected });
  });

  it('is found in every text that JSON.parse refuses, and never in one that it takes', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', 'x', '[', ':'))
      .map(([text, at, piece]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + piece + text.slice(cut + 1);
      });
    fc.assert(
      fc.property(broken, (text) => {
        const isTaken = (() => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        expect(findFault(text).expected === 'JSON').toBe(isTaken);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the depth of JSON', () => {
  it('counts arrays and objects, not what stands in strings', () => {
    expect(nestingDepth('{"a":[1,{"b":"[[[["}]}', 32)).toBe(3);
    expect(nestingDepth('"\\"[[["', 32)).toBe(0);
  });

  it('stops counting above the limit', () => {
    expect(nestingDepth('['.repeat(1000), 32)).toBe(33);
  });
});
