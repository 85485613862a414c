import { expect, test } from 'vitest';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import { findSegments, type Segment } from './segments.ts';

/** Brightness 0.3 on one side of a line through the middle, 0.7 on the other; edges as a lens draws them. */
function halves(degrees: number): Plane {
  const plane = createPlane(200, 160);
  const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  for (let y = 0; y < plane.height; y++)
    for (let x = 0; x < plane.width; x++) {
      const aside = (y + 0.5 - 80.3) * dx - (x + 0.5 - 99.6) * dy;
      plane.data[y * plane.width + x] = 0.3 + 0.4 / (1 + Math.exp(-2 * aside));
    }
  return plane;
}

function lengthOf({ x1, y1, x2, y2 }: Segment): number {
  return Math.hypot(x2 - x1, y2 - y1);
}

test.each([0, 7, 33, 45, 88, 90, 121, 179])('an edge at %i degrees', (degrees) => {
  const [longest] = findSegments(halves(degrees)).sort((a, b) => lengthOf(b) - lengthOf(a));
  if (longest === undefined) throw new Error('no segment');
  const { x1, y1, x2, y2 } = longest;
  const angle = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const off = ((angle - degrees + 270) % 180) - 90;
  expect(Math.abs(off)).toBeLessThan(0.1);
  expect(lengthOf(longest)).toBeGreaterThan(140);
  // The middle of the segment lies on the edge to a tenth of a pixel.
  const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const aside = ((y1 + y2) / 2 - 80.3) * dx - ((x1 + x2) / 2 - 99.6) * dy;
  expect(Math.abs(aside)).toBeLessThan(0.1);
});

test('a square has four edges, where they are', () => {
  const plane = createPlane(120, 120);
  for (let y = 30; y < 90; y++) plane.data.fill(1, y * 120 + 20, y * 120 + 100);
  const found = findSegments(plane).filter((segment) => lengthOf(segment) > 40);
  expect(found).toHaveLength(4);
  const upright = found
    .filter(({ x1, x2 }) => Math.abs(x1 - x2) < 1)
    .map(({ x1 }) => Math.round(x1));
  expect(upright.sort((a, b) => a - b)).toEqual([20, 100]);
});

test('an arc is not one long segment', () => {
  const plane = createPlane(200, 200);
  for (let y = 0; y < 200; y++)
    for (let x = 0; x < 200; x++)
      plane.data[y * 200 + x] = Math.hypot(x - 100, y - 100) < 70 ? 0.8 : 0.2;
  for (const segment of findSegments(plane)) expect(lengthOf(segment)).toBeLessThan(50);
});

test('noise has no segments to speak of', () => {
  const random = createRandom(5);
  const plane = createPlane(300, 200);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = 0.5 + 0.4 * (random() - 0.5);
  // The test is made so that one false alarm is expected.
  expect(findSegments(plane).length).toBeLessThan(8);
});

test.each([
  [1, 1],
  [7, 300],
  [64, 64],
])('a flat picture of %i x %i has none', (width, height) => {
  expect(findSegments(createPlane(width, height))).toEqual([]);
});

test('edges of very wide pictures lie where they are', () => {
  const [width, height, edge] = [40_000, 24, 39_000];
  const plane = createPlane(width, height);
  for (let y = 0; y < height; y++) plane.data.fill(1, y * width + edge, (y + 1) * width);
  const found = findSegments(plane).filter((segment) => lengthOf(segment) > 15);
  expect(found).toHaveLength(1);
  for (const { x1, x2 } of found)
    for (const x of [x1, x2]) expect(Math.abs(x - edge)).toBeLessThan(1);
});
