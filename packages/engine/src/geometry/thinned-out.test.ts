import { expect, test } from 'vitest';
import { thinnedOut } from './measure-fringes.ts';

test('squares are thinned out in every column, also where the step fits the rows', () => {
  const columns = 12;
  const tiles = Array.from({ length: columns * 40 }, (_, i) => ({
    left: 16 * (i % columns),
    top: 16 * Math.floor(i / columns),
  }));
  const chosen = thinnedOut(tiles, 160);
  expect(chosen.length).toBeLessThanOrEqual(160);
  expect(new Set(chosen.map(({ left }) => left)).size).toBe(columns);
  expect(thinnedOut(tiles, 1000)).toEqual(tiles);
  expect(thinnedOut([], 10)).toEqual([]);
});
