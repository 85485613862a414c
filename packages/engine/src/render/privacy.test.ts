import { afterAll, beforeAll, expect, test } from 'vitest';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { blurBox } from '../privacy/blur-box.ts';
import type { PrivacyPlan } from '../privacy/plan-privacy.ts';
import { createRandom } from '../testing/random.ts';
import { ONE, type PlaneRef, readPlane, takeYcc, writePlane, type YccRef } from './planes.ts';
import { hidePrivate } from './privacy.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 1);
});

afterAll(async () => {
  await pool.stop();
});

const [WIDTH, HEIGHT] = [101, 67];

function noisyPlane({ width, height }: PlaneRef, seed: number): Plane {
  const random = createRandom(seed);
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = Math.round((random() - 0.25) * ONE) / ONE;
  return plane;
}

function photoOf(): { photo: YccRef; planes: Record<keyof YccRef, Plane> } {
  const photo = takeYcc(pool.arena, WIDTH, HEIGHT);
  const planes = {
    y: noisyPlane(photo.y, 1),
    cb: noisyPlane(photo.cb, 2),
    cr: noisyPlane(photo.cr, 3),
  };
  for (const key of ['y', 'cb', 'cr'] as const)
    writePlane(pool.arena, photo[key], { plane: planes[key], one: ONE });
  return { photo, planes };
}

const PLAN: PrivacyPlan = {
  boxes: [
    { left: 20, top: 10, width: 30, height: 24, by: 'face' },
    { left: 80, top: 40, width: 60, height: 60, by: 'hand' },
  ],
};

test('luma in full and colour at half the size are blurred as a small photo is', () => {
  const { photo, planes } = photoOf();
  hidePrivate(pool, photo, PLAN);
  for (const [key, scale] of [
    ['y', 1],
    ['cb', 2],
    ['cr', 2],
  ] as const) {
    const { width, height, data } = planes[key];
    const codes = Int16Array.from(data, (value) => value * ONE);
    const samples = { data: codes, start: 0, step: 1, stride: width, width, height };
    for (const box of PLAN.boxes)
      blurBox(samples, {
        left: box.left / scale,
        top: box.top / scale,
        width: box.width / scale,
        height: box.height / scale,
      });
    const after = readPlane(pool.arena, photo[key], ONE);
    expect(Array.from(after.data, (value) => value * ONE)).toEqual([...codes]);
    expect(after.data).not.toEqual(data);
  }
});

test('rows still repeat their ends for filters that read beyond', () => {
  const { photo } = photoOf();
  hidePrivate(pool, photo, PLAN);
  const { address, stride, width, height } = photo.y;
  for (let y = 0; y < height; y++) {
    const row = pool.arena.int16(address + y * stride - 64, width + 64);
    expect(new Set(row.subarray(0, 33)).size).toBe(1);
    expect(new Set(row.subarray(32 + width - 1)).size).toBe(1);
  }
});

test('without boxes nothing is touched', () => {
  const { photo, planes } = photoOf();
  hidePrivate(pool, photo, { boxes: [] });
  expect(readPlane(pool.arena, photo.y, ONE).data).toEqual(planes.y.data);
});
