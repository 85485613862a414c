import { expect, test } from 'vitest';
import { contrastOf, textOn } from './index.ts';

test.each([
  ['#000000', '#ffffff', 21],
  ['#767676', '#ffffff', 4.54],
  ['#ff0000', '#0000ff', 2.15],
  ['#abcdef', '#abcdef', 1],
])('%s on %s has %d, as WCAG counts', (one, other, expected) => {
  expect(contrastOf(one, other)).toBeCloseTo(expected, 2);
  expect(contrastOf(other, one)).toBe(contrastOf(one, other));
});

test('text on any colour can be read', () => {
  for (let value = 0; value <= 0xff; value += 5) {
    const grey = `#${value.toString(16).padStart(2, '0').repeat(3)}`;
    expect(contrastOf(grey, textOn(grey))).toBeGreaterThan(4.5);
  }
});
