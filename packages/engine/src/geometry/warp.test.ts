import { expect, test } from 'vitest';
import { createPicture, createPlane, type Picture } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import { composeGeometry } from './compose.ts';
import {
  createSourceGrid,
  type Geometry,
  type Lens,
  reduceGeometry,
  sourceOf,
} from './geometry.ts';
import { GRID_STEP, readGridRow, warpPicture } from './warp.ts';
import { warpPlane } from './warp-plane.ts';

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;

const LENS: Lens = {
  centreX: 500,
  centreY: 350,
  radius: Math.hypot(500, 350),
  k1: -0.03,
  red: 0,
  blue: 0,
  vignette: [0, 0, 0],
};

/** Brightness rises by 20 codes per column and by 30 per row. */
function ramp(width: number, height: number): Picture {
  const picture = createPicture(width, height);
  for (let i = 0; i < picture.data.length; i++) {
    const pixel = Math.floor(i / 3);
    picture.data[i] = 100 + 20 * (pixel % width) + 30 * Math.floor(pixel / width);
  }
  return picture;
}

test('nothing to do changes nothing', () => {
  const picture = ramp(97, 61);
  const geometry = composeGeometry(picture, null, null);
  expect(geometry).toEqual({ width: 97, height: 61, toPicture: expect.any(Array), lens: null });
  expect(warpPicture(picture, geometry).data).toEqual(picture.data);
});

test('a ramp stays a ramp: read at (x + 2.25, y + 1.5) it is brighter by 45 + 45', () => {
  const shifted: Geometry = {
    width: 80,
    height: 50,
    toPicture: [1, 0, 2.25, 0, 1, 1.5, 0, 0, 1],
    lens: null,
  };
  const out = warpPicture(ramp(97, 61), shifted);
  for (let y = 2; y < 50; y++)
    for (let x = 2; x < 80; x++)
      expect(out.data[(y * 80 + x) * 3 + 1]).toBe(100 + 20 * x + 30 * y + 90);
});

test('barrel: the corner of the result was taken 3 % nearer to the axis', () => {
  const geometry: Geometry = { width: 1000, height: 700, toPicture: IDENTITY, lens: LENS };
  const [x, y] = sourceOf(geometry, 1000, 700);
  expect(x).toBeCloseTo(500 + 500 * 0.97, 9);
  expect(y).toBeCloseTo(350 + 350 * 0.97, 9);
  expect(sourceOf(geometry, 500, 350)).toEqual([500, 350]);
});

test('between the nodes of the grid places are right to a hundredth of a pixel', () => {
  const geometry: Geometry = {
    width: 980,
    height: 690,
    toPicture: [1.01, 0.03, 3, -0.02, 0.99, 6, 1e-6, -3e-5, 1],
    lens: LENS,
  };
  const grid = createSourceGrid(geometry, GRID_STEP);
  const [xs, ys] = [new Float64Array(980), new Float64Array(980)];
  for (const y of [0, 8, 333, 689]) {
    readGridRow(grid, y + 0.5, { xs, ys });
    for (let x = 0; x < 980; x += 7) {
      const [u, v] = sourceOf(geometry, x + 0.5, y + 0.5);
      expect(Math.hypot((xs[x] ?? 0) - u, (ys[x] ?? 0) - v)).toBeLessThan(0.015);
    }
  }
});

test('a result shows only what was taken, whatever lens and tilt', () => {
  const random = createRandom(4);
  const some = (most: number): number => (2 * random() - 1) * most;
  for (let trial = 0; trial < 30; trial++) {
    const lens = { ...LENS, k1: some(0.06) };
    const upright = [1, some(0.08), some(20), some(0.08), 1, some(20), some(3e-5), some(1e-4), 1];
    const geometry = composeGeometry({ width: 1000, height: 700 }, lens, upright as never);
    expect(geometry.width / geometry.height).toBeCloseTo(10 / 7, 1);
    expect(geometry.width).toBeGreaterThan(700);
    for (let i = 0; i <= 100; i++) {
      const [s, t] = [(i / 100) * geometry.width, (i / 100) * geometry.height];
      for (const [x, y] of [
        [s, 0],
        [s, geometry.height],
        [0, t],
        [geometry.width, t],
      ] as const) {
        const [u, v] = sourceOf(geometry, x, y);
        expect(Math.min(u, v, 1000 - u, 700 - v)).toBeGreaterThan(-0.2);
      }
    }
  }
});

test('a reduced geometry does the same to a reduced picture', () => {
  const geometry: Geometry = {
    width: 963,
    height: 655,
    toPicture: [1.01, 0.03, 3, -0.02, 0.99, 6, 1e-6, -3e-5, 1],
    lens: LENS,
  };
  const small = reduceGeometry(geometry, 4);
  expect([small.width, small.height]).toEqual([241, 164]);
  for (const [x, y] of [
    [0, 0],
    [120, 33],
    [240, 163],
  ] as const) {
    const [u, v] = sourceOf(geometry, 4 * x, 4 * y);
    const [s, t] = sourceOf(small, x, y);
    expect(Math.hypot(4 * s - u, 4 * t - v)).toBeLessThan(1e-9);
  }
});

test('maps go the same way as the picture', () => {
  const geometry: Geometry = {
    width: 160,
    height: 120,
    toPicture: [1, 0, 16, 0, 1, 8, 0, 0, 1],
    lens: null,
  };
  const map = createPlane(25, 20);
  for (let i = 0; i < map.data.length; i++) map.data[i] = (i % 25) / 100;
  const out = warpPlane(map, geometry, 8);
  expect([out.width, out.height]).toEqual([20, 15]);
  // 16 pixels are two of the map's.
  expect(out.data[5]).toBeCloseTo(0.07, 6);
});

test.each([
  [1, 1],
  [1, 40],
  [3, 2],
])('%i x %i pixels', (width, height) => {
  const picture = createPicture(width, height);
  picture.data.fill(12_345);
  const lens = {
    ...LENS,
    centreX: width / 2,
    centreY: height / 2,
    radius: 2,
    vignette: [0, 0, 0] as const,
  };
  const out = warpPicture(
    picture,
    composeGeometry(picture, lens, [1, 0.02, 0, -0.02, 1, 0, 0, 0, 1]),
  );
  expect(out.data.length).toBeGreaterThan(0);
  for (const value of out.data) expect(value).toBe(12_345);
});
