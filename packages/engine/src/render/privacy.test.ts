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

const go = async (): Promise<void> => undefined;

const PLAN: PrivacyPlan = {
  boxes: [
    { left: 20, top: 10, width: 30, height: 24, by: 'face' },
    { left: 80, top: 40, width: 60, height: 60, by: 'hand' },
  ],
};

test('luma in full and colour at half the size are blurred as a small photo is', async () => {
  const { photo, planes } = photoOf();
  await hidePrivate(pool, photo, { plan: PLAN, pause: go });
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

test('rows still repeat their ends for filters that read beyond', async () => {
  const { photo } = photoOf();
  await hidePrivate(pool, photo, { plan: PLAN, pause: go });
  const { address, stride, width, height } = photo.y;
  for (let y = 0; y < height; y++) {
    const row = pool.arena.int16(address + y * stride - 64, width + 64);
    expect(new Set(row.subarray(0, 33)).size).toBe(1);
    expect(new Set(row.subarray(32 + width - 1)).size).toBe(1);
  }
});

test('without boxes nothing is touched', async () => {
  const { photo, planes } = photoOf();
  await hidePrivate(pool, photo, { plan: { boxes: [] }, pause: go });
  expect(readPlane(pool.arena, photo.y, ONE).data).toEqual(planes.y.data);
});

test('a large box gives others their turn, and whoever gave up is heard', async () => {
  const mark = pool.arena.take(0);
  const photo = takeYcc(pool.arena, 1600, 1000);
  const plan: PrivacyPlan = {
    boxes: [{ left: 0, top: 0, width: 1600, height: 1000, by: 'hand' }],
  };
  let pauses = 0;
  await hidePrivate(pool, photo, {
    plan,
    pause: async () => {
      pauses++;
    },
  });
  // 1.6 million samples are counted and changed, half as much of each colour together: 24 parts of 200,000.
  expect(pauses).toBeGreaterThanOrEqual(20);
  let calls = 0;
  const gaveUp = hidePrivate(pool, photo, {
    plan,
    pause: async () => {
      if (++calls === 3) throw new Error('given up');
    },
  });
  await expect(gaveUp).rejects.toThrow('given up');
  expect(calls).toBe(3);
  pool.arena.release(mark);
});
