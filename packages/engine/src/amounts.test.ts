import { expect, it } from 'vitest';
import { asBytes, asPixels, largestOf } from './amounts.ts';

it.each([
  [301_000_000, 300_000_000, '301.0 MB', '300.0 MB'],
  [300_000_001, 300_000_000, '300,000,001 bytes', '300,000,000 bytes'],
  [2_500_000, 40_000, '2.5 MB', '40 kB'],
  [1200, 1000, '1,200 bytes', '1,000 bytes'],
])('%i bytes of %i', (came, allowed, first, second) => {
  expect(asBytes(came, allowed)).toEqual([first, second]);
});

it.each([
  [196_000_000, 100_000_000, '196 megapixels', '100 megapixels'],
  [100_000_001, 100_000_000, '100,000,001 pixels', '100,000,000 pixels'],
  [4800, 4000, '4,800 pixels', '4,000 pixels'],
])('%i pixels of %i', (came, allowed, first, second) => {
  expect(asPixels(came, allowed)).toEqual([first, second]);
});

it('the largest picture of a shape holds no more than is allowed', () => {
  expect(largestOf({ width: 14_000, height: 14_000 }, 100_000_000)).toBe('10000 x 10000 pixels');
  expect(largestOf({ width: 12_000, height: 9000 }, 100_000_000)).toBe('11547 x 8660 pixels');
  expect(largestOf({ width: 60_000, height: 2 }, 10)).toBe('10 x 1 pixels');
});
