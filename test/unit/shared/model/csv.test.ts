import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, readCsv } from '../../../../src/shared/model/csv.ts';

const cellsOf = (text: string) => readCsv(text).rows?.map(({ cells }) => cells);

describe('CSV', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\n1;2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a\tb\r1\t2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n\n,\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\n"x, ""y""\nz",2',
      [
        ['a', 'b'],
        ['x, "y"\nz', '2'],
      ],
    ],
    [
      'a,b\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['', []],
  ])('reads %j', (text, rows) => expect(cellsOf(text)).toEqual(rows));

  it('knows on which line of the file a row begins', () => {
    const { rows } = readCsv('a\n"1\r\n2\n3"\n\n4');
    expect(rows?.map(({ line }) => line)).toEqual([1, 2, 6]);
  });

  it.each([
    ['a\n"open', 2, 'never closed'],
    ['a\n"x"y', 2, 'closing quote'],
    ['a\nb\nx"y', 3, 'inside a cell'],
    ['a\n\0', 2, 'NUL'],
  ])('refuses %j', (text, line, message) => {
    const { problem } = readCsv(text);
    expect(problem?.line).toBe(line);
    expect(problem?.message).toContain(message);
  });

  it.each(['=1', '+1', '-1', '@a', '\ta', '\ra', '\n=', '\uFF1D1'])('writes %j as no formula', (text) => {
    expect(cellsOf(csvLine(['x', text]))).toEqual([['x', `'${text}`]]);
  });

  it('is read as it was written, whatever is in it', () => {
    const cell = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !/[\0]|^[=+\-@\t\r\n\uFEFF＝＋－＠]/.test(text));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 4 }), (cells) => {
        const rows = cellsOf(`x,y,z,w\r\n${csvLine(['kept', ...cells])}`);
        expect(rows?.[1]?.map((one) => one.trim())).toEqual(['kept', ...cells.map((one) => one.trim())]);
      }),
    );
  });
});
