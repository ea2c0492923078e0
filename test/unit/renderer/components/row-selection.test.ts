import { describe, expect, it } from 'vitest';
import { turnedOver } from '../../../../src/renderer/components/row-selection.ts';

const loaded = ['a', 'b', 'c', 'd', 'e'];
const chosen = (...ids: string[]) => new Set(ids);

describe('turning a row over', () => {
  it('chooses it, and chooses it no more', () => {
    expect(turnedOver(loaded, chosen('a'), 'c', null)).toEqual(chosen('a', 'c'));
    expect(turnedOver(loaded, chosen('a', 'c'), 'c', null)).toEqual(chosen('a'));
  });

  it('chooses all from the last one on, downwards and upwards', () => {
    expect(turnedOver(loaded, chosen('b'), 'd', 'b')).toEqual(chosen('b', 'c', 'd'));
    expect(turnedOver(loaded, chosen('d'), 'b', 'd')).toEqual(chosen('b', 'c', 'd'));
  });

  it('gives up a whole range where its end was chosen', () => {
    expect(turnedOver(loaded, chosen('a', 'b', 'c', 'd'), 'b', 'd')).toEqual(chosen('a'));
  });

  it('is about the row alone where the range began in what is not loaded any more', () => {
    expect(turnedOver(loaded, chosen(), 'c', 'gone')).toEqual(chosen('c'));
  });
});
