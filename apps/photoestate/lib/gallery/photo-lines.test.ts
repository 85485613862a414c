import { expect, test } from 'vitest';
import { linesAround, photoLines } from './photo-lines.ts';

test('a line takes what finds room at the least height, and grows until it is full', () => {
  const lines = photoLines([1.5, 1.5, 1.5, 0.5], { width: 410, gap: 10, row: 100 });
  expect(lines).toEqual([
    { from: 0, to: 2, top: 0, height: 400 / 3 },
    { from: 2, to: 4, top: 400 / 3 + 10, height: 100 },
  ]);
});

test('what fits to the pixel still fits', () => {
  const [first] = photoLines([1, 1, 1, 1], { width: 320, gap: 10, row: 100 });
  expect(first).toEqual({ from: 0, to: 3, top: 0, height: 100 });
});

test('a photo that is wider than the room has a line of its own, and is as low as it has to be', () => {
  const lines = photoLines([1, 8, 8], { width: 400, gap: 10, row: 100 });
  expect(lines.map(({ from, to, height }) => [from, to, height])).toEqual([
    [0, 1, 400],
    [1, 2, 50],
    [2, 3, 50],
  ]);
});

test('more lines are drawn on the side that the page moves to', () => {
  const lines = photoLines(Array(300).fill(1.5), { width: 480, gap: 0, row: 150 });
  const drawn = (isUpwards: boolean) => {
    const around = linesAround(lines, { first: 50, last: 54, isUpwards });
    return [lines.indexOf(around[0] ?? (lines[0] as never)), around.length];
  };
  expect(drawn(false)).toEqual([49, 14]);
  expect(drawn(true)).toEqual([42, 14]);
});

test('a window that shows many gets one line before and after them, at the ends none', () => {
  const lines = photoLines(Array(300).fill(1), { width: 1000, gap: 0, row: 100 });
  expect(linesAround(lines, { first: 2, last: 9, isUpwards: false })).toHaveLength(10);
  expect(linesAround(lines, { first: 0, last: 9, isUpwards: true })).toHaveLength(11);
  expect(linesAround(lines, { first: 20, last: 29, isUpwards: false })).toHaveLength(11);
  expect(linesAround([], { first: 0, last: 0, isUpwards: false })).toEqual([]);
});
