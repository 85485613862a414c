import { describe, expect, it } from 'vitest';
import { dilate, erode } from './morphology.ts';
import { fillHoles, findRegions, type RegionSettings } from './regions.ts';

const size = { width: 80, height: 60 };
const settings: RegionSettings = {
  weak: 20,
  strong: 60,
  leastArea: 16,
  leastStrong: 6,
  join: 4,
  margin: 1,
};

type Box = readonly [left: number, top: number, width: number, height: number, value: number];

function mapOf(...boxes: readonly Box[]): Uint16Array {
  const map = new Uint16Array(size.width * size.height);
  for (const [left, top, width, height, value] of boxes)
    for (let y = top; y < top + height; y++)
      map.fill(value, y * size.width + left, y * size.width + left + width);
  return map;
}

const labelAt = (labels: Int32Array, x: number, y: number): number =>
  labels[y * size.width + x] as number;

describe('regions', () => {
  it('are where the map is high, a margin wider', () => {
    const { labels, count } = findRegions(
      mapOf([10, 10, 8, 8, 100], [50, 30, 10, 10, 100]),
      size,
      settings,
    );
    expect(count).toBe(2);
    expect([labelAt(labels, 14, 14), labelAt(labels, 55, 35)]).toEqual([1, 2]);
    expect([labelAt(labels, 9, 14), labelAt(labels, 7, 14)]).toEqual([1, 0]);
    expect(labels.filter((label) => label === 1)).toHaveLength(100);
  });

  it('are not the lines along edges, nor what is small or faint', () => {
    const map = mapOf([5, 5, 60, 2, 900], [70, 10, 3, 3, 900], [20, 30, 12, 12, 40]);
    expect(findRegions(map, size, settings)).toEqual({
      labels: new Int32Array(map.length),
      count: 0,
    });
  });

  it('join parts of one thing, and what is faint beside what is certain', () => {
    const map = mapOf([10, 10, 8, 8, 100], [10, 24, 8, 8, 100], [18, 12, 3, 4, 5]);
    const { labels, count } = findRegions(map, size, settings);
    expect(count).toBe(1);
    expect([labelAt(labels, 14, 21), labelAt(labels, 20, 14)]).toEqual([1, 1]);
  });

  it('are given their holes, but not the frame around them', () => {
    const ring: Box[] = [
      [10, 10, 30, 6, 100],
      [10, 34, 30, 6, 100],
      [10, 16, 6, 18, 100],
      [34, 16, 6, 18, 100],
    ];
    const regions = findRegions(mapOf(...ring), size, settings);
    expect(labelAt(regions.labels, 25, 25)).toBe(0);
    fillHoles(regions, size);
    expect(labelAt(regions.labels, 25, 25)).toBe(1);
    expect(labelAt(regions.labels, 60, 25)).toBe(0);
    expect(labelAt(regions.labels, 0, 0)).toBe(0);
  });
});

describe('morphology', () => {
  it('is the extreme over a square, borders included', () => {
    const marks = new Uint8Array(size.width * size.height);
    for (const [x, y] of [
      [0, 0],
      [40, 30],
      [41, 30],
      [79, 59],
    ] as const)
      marks[y * size.width + x] = 1;
    const wide = dilate(marks, size, 2);
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++) {
        let any = 0;
        for (let j = Math.max(0, y - 2); j <= Math.min(59, y + 2); j++)
          for (let i = Math.max(0, x - 2); i <= Math.min(79, x + 2); i++)
            any |= marks[j * 80 + i] as number;
        expect(wide[y * 80 + x]).toBe(any);
      }
    }
    expect(erode(wide, size, 2)).toEqual(marks);
  });
});
