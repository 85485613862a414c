import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Smoothing } from '../denoise/plan-denoise.ts';
import { smoothPlane } from '../denoise/smooth-plane.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import { Canvas } from './canvas.ts';
import { denoiseFrame } from './denoise.ts';
import { ONE, readPlane, takeYcc, writePlane } from './planes.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

/** Soft light, a hard edge and noise. */
function noisyPlane(width: number, height: number, wish: { sigma: number; around: number }): Plane {
  const random = createRandom(width + height);
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const grain = random() + random() + random() + random() - 2;
    const edge = x > width / 3 && y > height / 2 ? 0.2 : 0;
    plane.data[i] = wish.around - 0.1 + edge + y / height / 10 + wish.sigma * Math.sqrt(3) * grain;
  }
  return plane;
}

function canvasOf(planes: { y: Plane; cb: Plane; cr: Plane }): Canvas {
  const { width, height } = planes.y;
  const start = pool.arena.take(0);
  const photo = takeYcc(pool.arena, width, height);
  const middle = pool.arena.take(0);
  takeYcc(pool.arena, width, height);
  const end = pool.arena.take(0);
  for (const key of ['y', 'cb', 'cr'] as const)
    writePlane(pool.arena, photo[key], { plane: planes[key], one: ONE });
  return new Canvas(pool, photo, [
    { start, bytes: middle - start },
    { start: middle, bytes: end - middle },
  ]);
}

function scene(width: number, height: number, sigma: number) {
  const half = [(width + 1) >> 1, (height + 1) >> 1] as const;
  return {
    y: noisyPlane(width, height, { sigma, around: 0.5 }),
    cb: noisyPlane(...half, { sigma: sigma / 2, around: 0 }),
    cr: noisyPlane(...half, { sigma: sigma / 2, around: 0 }),
  };
}

/** Largest difference in 8-bit levels. */
function mostOff(a: Plane, b: Plane): number {
  return a.data.reduce((most, v, i) => Math.max(most, 255 * Math.abs(v - (b.data[i] ?? 9))), 0);
}

test.each([
  [640, 500],
  [333, 257],
])('a noisy photo of %i x %i pixels is smoothed as the plain form does', async (width, height) => {
  const planes = scene(width, height, 0.03);
  const canvas = canvasOf(planes);
  const plan = await denoiseFrame(canvas);
  expect((plan?.noise.luma ?? 0) * 255).toBeGreaterThan(6.5);
  for (const [key, middle] of [
    ['y', 0.5],
    ['cb', 0],
    ['cr', 0],
  ] as const) {
    const smoothing = plan?.[key === 'y' ? 'luma' : key] as Smoothing;
    const plain = smoothPlane(planes[key], smoothing, middle);
    expect(mostOff(plain, planes[key])).toBeGreaterThan(8);
    expect(mostOff(readPlane(pool.arena, canvas.photo[key], ONE), plain)).toBeLessThan(0.1);
  }
});

test('a clean photo is not touched, and a plane without noise is carried over as it is', async () => {
  const clean = canvasOf(scene(400, 300, 0.001));
  const before = clean.photo;
  expect(await denoiseFrame(clean)).toBe(null);
  expect(clean.photo).toBe(before);

  const planes = { ...scene(400, 300, 0.03), cb: createPlane(200, 150) };
  const canvas = canvasOf(planes);
  const plan = await denoiseFrame(canvas);
  expect(plan?.cb).toBe(null);
  expect(plan?.cr).not.toBe(null);
  expect(canvas.photo.y.address).not.toBe(0);
  expect(mostOff(readPlane(pool.arena, canvas.photo.cb, ONE), planes.cb)).toBe(0);
  // The padding came along: a second look finds what is left of the noise, and no border.
  const row = pool.arena.int16(canvas.photo.y.address - 64, 32);
  expect(new Set(row).size).toBe(1);
});
