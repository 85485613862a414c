import { expect, it } from 'vitest';
import { makeRise } from './rising.ts';

const risen = (values: number[], weights: number[]): number[] => {
  const data = Float64Array.from(values);
  makeRise(data, weights);
  return Array.from(data, (value) => Math.round(value * 100) / 100);
};

it('a sequence that rises is left alone, one that falls becomes its weighted mean', () => {
  expect(risen([1, 2, 2, 5], [1, 1, 1, 1])).toEqual([1, 2, 2, 5]);
  expect(risen([4, 2], [1, 3])).toEqual([2.5, 2.5]);
  expect(risen([1, 6, 4, 2, 9], [1, 1, 1, 1, 1])).toEqual([1, 4, 4, 4, 9]);
  // What has no weight gives way to what has.
  expect(risen([5, 0, 0, 7], [1, 0, 0, 1])).toEqual([4.99, 4.99, 4.99, 7]);
  expect(risen([], [])).toEqual([]);
});
