import { expect, test } from 'vitest';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { enlargePlane } from './enlarge-plane.ts';
import { shrinkPlane } from './shrink-plane.ts';

/** Brightness at the centre of pixel (i, j): 0.1 + 0.01 x + 0.02 y. */
function ramp(width: number, height: number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = 0.1 + 0.01 * ((i % width) + 0.5) + 0.02 * (Math.floor(i / width) + 0.5);
  return plane;
}

test.each([
  ['smaller', shrinkPlane, 1.37, 1.37],
  ['half', shrinkPlane, 2, 2],
  ['larger', enlargePlane, 1.4, 1 / 1.4],
] as const)('%s: a ramp stays a ramp, where it was', (_, resize, factor, pixel) => {
  const out = resize(ramp(40, 30), factor);
  expect(out.width).toBe(Math.floor(40 / pixel));
  expect(out.height).toBe(Math.floor(30 / pixel));
  for (let y = 3; y < out.height - 3; y++)
    for (let x = 3; x < out.width - 3; x++) {
      const wanted = 0.1 + 0.01 * (x + 0.5) * pixel + 0.02 * (y + 0.5) * pixel;
      expect(Math.abs((out.data[y * out.width + x] ?? 0) - wanted)).toBeLessThan(2e-4);
    }
});

test('an even surface stays even, and single pixels are no trouble', () => {
  const plane = createPlane(90, 61);
  plane.data.fill(0.7);
  for (const out of [shrinkPlane(plane, 1.43), enlargePlane(plane, 1.3)])
    for (const value of out.data) expect(value).toBeCloseTo(0.7, 6);
  expect(shrinkPlane(createPlane(1, 1), 3).data).toEqual(new Float32Array(1));
  expect(enlargePlane(ramp(1, 1), 1.4).data[0]).toBeCloseTo(0.115, 6);
});
