import { afterAll, beforeAll, expect, test } from 'vitest';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPicture, type Picture } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import type { Geometry, Lens } from './geometry.ts';
import { warpPicture } from './warp.ts';
import { warpOnPool } from './warp-on-pool.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

/** Grain over the whole range: every pixel and colour is something else. */
function grain(width: number, height: number): Picture {
  const random = createRandom(width * height);
  const picture = createPicture(width, height);
  for (let i = 0; i < picture.data.length; i++) picture.data[i] = Math.floor(random() * 65_536);
  return picture;
}

const LENS: Lens = {
  centreX: 201,
  centreY: 149,
  radius: Math.hypot(200, 150),
  k1: -0.03,
  red: 0,
  blue: 0,
  vignette: [0, 0, 0],
};

/** Turned, enlarged, and beyond the picture at two sides. */
const TURNED: Geometry = {
  width: 397,
  height: 290,
  toPicture: [1.01, -0.05, -6.3, 0.045, 0.99, 4.7, 1e-5, -2e-5, 1],
  lens: null,
};

function largestDifference(a: Picture, b: Picture): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i++)
    largest = Math.max(largest, Math.abs((a.data[i] as number) - (b.data[i] as number)));
  return largest;
}

test.each([
  ['a turned camera', { width: 400, height: 300 }, TURNED],
  ['a bent lens', { width: 400, height: 300 }, { ...TURNED, lens: LENS }],
  [
    'a lens with fringes and dark corners',
    { width: 400, height: 300 },
    { ...TURNED, lens: { ...LENS, red: 0.003, blue: -0.002, vignette: [0, -0.4, 0] } },
  ],
  ['three pixels', { width: 3, height: 1 }, { ...TURNED, width: 5, height: 3 }],
] as const)(
  'the kernel does as the plain code does: %s',
  async (_, { width, height }, geometry) => {
    const picture = grain(width, height);
    const [fast] = await warpOnPool(pool, [[picture, geometry]]);
    const plain = warpPicture(picture, geometry);
    expect(fast?.data.length).toBe(plain.data.length);
    // Weights of 14 bits: an 8-bit code has 257 steps.
    expect(largestDifference(fast ?? picture, plain)).toBeLessThan(8);
  },
);

test('black, white and grey stay what they are', async () => {
  for (const code of [0, 1, 32_767, 32_768, 65_535]) {
    const even = createPicture(64, 40);
    even.data.fill(code);
    const [out] = await warpOnPool(pool, [[even, { ...TURNED, width: 60, height: 30 }]]);
    expect(new Set(out?.data)).toEqual(new Set([code]));
  }
});

test('several pictures at once, each by its own geometry', async () => {
  const [first, second] = [grain(80, 60), grain(50, 90)];
  const shifted: Geometry = {
    ...TURNED,
    width: 40,
    height: 80,
    toPicture: [1, 0, 3, 0, 1, 2, 0, 0, 1],
  };
  const small = { ...TURNED, width: 70, height: 50 };
  const both = await warpOnPool(pool, [
    [first, small],
    [second, shifted],
  ]);
  const alone = [
    ...(await warpOnPool(pool, [[first, small]])),
    ...(await warpOnPool(pool, [[second, shifted]])),
  ];
  expect(both).toEqual(alone);
  // Whole pixels: (0, 0) of the result is (3, 2) of the picture.
  expect(both[1]?.data[0]).toBe(second.data[(2 * 50 + 3) * 3]);
});
