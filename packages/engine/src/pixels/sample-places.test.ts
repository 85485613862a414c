import { describe, expect, it, test } from 'vitest';
import { evenStep, markedPlaces } from './sample-places.ts';

describe('a step', () => {
  it.each([
    [60, 1200, 61],
    [60, 1199, 60],
    [2, 30, 7],
    [1, 1200, 1],
    // A row of its own length would be looked at in one column.
    [9, 9, 10],
    [4, 1, 4],
    [4, 0, 4],
  ])('of %i or more through rows of %i is %i', (least, row, step) => {
    expect(evenStep(least, row)).toBe(step);
  });

  it('comes by every column', () => {
    const [width, height] = [36, 120];
    const seen = new Uint32Array(width);
    const step = evenStep(12, width);
    for (let i = 0; i < width * height; i += step)
      seen[i % width] = (seen[i % width] as number) + 1;
    // 13 of 4320: 333 samples, 9 or 10 in each of 36 columns.
    expect([Math.min(...seen), Math.max(...seen)]).toEqual([9, 10]);
  });
});

/** Marks from columns `left` to `right` - 1 in every row. */
function pane(width: number, height: number, [left, right]: readonly [number, number]) {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    i % width >= left && i % width < right ? 1 : 0,
  );
  return { width, height, data };
}

test('few places are all taken, in reading order', () => {
  expect([...markedPlaces(pane(4, 3, [1, 3]), 100)]).toEqual([1, 2, 5, 6, 9, 10]);
  expect([...markedPlaces(pane(4, 3, [1, 3]), 100, 1)]).toEqual([5, 6]);
  expect([...markedPlaces(pane(4, 1, [1, 3]), 100, 1)]).toEqual([]);
  expect([...markedPlaces(pane(4, 3, [0, 0]), 100)]).toEqual([]);
  expect([...markedPlaces({ width: 0, data: new Uint8Array(0) }, 100)]).toEqual([]);
});

test('some of many lie in all columns of a pane, whatever is beside it', () => {
  for (const [left, right] of [
    [0, 120],
    [7, 127],
    [30, 60],
  ] as const) {
    const marks = pane(131, 100, [left, right]);
    const places = markedPlaces(marks, (right - left) * 10, 2);
    const columns = new Set(Array.from(places, (at) => at % 131));
    expect(Math.min(...columns)).toBe(left);
    expect(Math.max(...columns)).toBe(right - 1);
    expect(columns.size).toBe(right - left);
    expect(places.length).toBeLessThanOrEqual((right - left) * 10);
    for (const at of places) expect(marks.data[at]).toBe(1);
  }
});
