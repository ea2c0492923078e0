import { expect, it } from 'vitest';
import { mapInTurns } from '../../../../src/main/services/inspect/map-in-turns.ts';

it('gives all results in order, and lets others have their turn between long ones', async () => {
  let turns = 0;
  const count = () => setImmediate(() => turns++);
  const seen: number[] = [];
  const results = await mapInTurns(['a', 'b', 'c'], (item, index) => {
    seen.push(turns);
    count();
    for (const begun = performance.now(); performance.now() - begun < 12; );
    return `${item}${index}`;
  });
  expect(results).toEqual(['a0', 'b1', 'c2']);
  expect(seen).toEqual([0, 1, 2]);
});
