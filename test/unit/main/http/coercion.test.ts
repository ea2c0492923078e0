import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fromTexts } from '../../../../src/main/http/coercion.ts';

describe('texts become values by their schema', () => {
  it.each([
    ['a number', z.int().min(1).default(3), ['12'], 12],
    ['a negative fraction', z.number().optional(), ['-1.5e3'], -1500],
    ['what is no number stays text', z.int(), ['0x10'], '0x10'],
    ['an empty text is no zero', z.int(), [''], ''],
    ['infinity is no number', z.number(), ['Infinity'], 'Infinity'],
    ['true', z.boolean(), ['true'], true],
    ['false', z.boolean().default(true), ['false'], false],
    ['other words are no booleans', z.boolean(), ['1'], '1'],
    ['digits of a text stay text', z.string(), ['007'], '007'],
    ['repeated texts', z.array(z.string()).default([]), ['a', 'b'], ['a', 'b']],
    ['one text of several parts', z.array(z.int()), ['1,2', '3'], [1, 2, 3]],
    ['a scalar given twice stays a list, which validation refuses', z.string(), ['a', 'b'], ['a', 'b']],
    ['the first option that accepts', z.union([z.int(), z.literal('all')]), ['all'], 'all'],
    ['the first option that accepts, a number', z.union([z.int(), z.literal('all')]), ['5'], 5],
    ['null is never made', z.string().nullable(), ['null'], 'null'],
  ])('%s', (_, schema, texts, value) => {
    expect(fromTexts(schema, ',')(texts)).toEqual(value);
  });

  it('keeps commas where they separate nothing', () => {
    expect(fromTexts(z.array(z.string()), null)(['a,b'])).toEqual(['a,b']);
  });

  it('refuses schemas that have no form as text, when it is compiled', () => {
    expect(() => fromTexts(z.strictObject({}), ',')).toThrow(/object/);
  });
});
