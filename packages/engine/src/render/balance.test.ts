import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyWhiteBalance } from '../color/apply-white-balance.ts';
import { NO_BALANCE, type WhiteBalancePlan } from '../color/plan-white-balance.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPlane, type Picture } from '../pixels/picture.ts';
import { expose } from '../testing/bracket.ts';
import { comparePlanes, placePicture, shareOf } from '../testing/compare-planes.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { balanceFrame } from './balance.ts';
import { ONE, readPlane } from './planes.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

const COLD = { ...NO_BALANCE, gains: [[1.25, 1, 0.8]] } satisfies WhiteBalancePlan;

const differences = (picture: Picture, plan: WhiteBalancePlan) =>
  comparePlanes(pool, picture, {
    kernel: (photo) => balanceFrame(pool, photo, plan),
    plain: (colors) => applyWhiteBalance(colors, plan),
  });

function room(width: number, height: number): Picture {
  const codes = expose(renderInterior(width, height, 3), { ev: 0, seed: 7, light: [1.1, 1, 0.8] });
  return { width, height, data: Uint16Array.from(codes, (code) => code * 257) };
}

test('one light is taken off as the plain form does it', async () => {
  const off = await differences(room(301, 203), COLD);
  expect(shareOf(off.y, 0.9)).toBeLessThan(0.3);
  // Hard edges of colour share the chroma of 2 x 2 pixels.
  expect(shareOf(off.y, 0.99)).toBeLessThan(1.5);
  for (const chroma of [off.cb, off.cr]) expect(shareOf(chroma, 0.99)).toBeLessThan(2.5);
});

test('two lights are mixed from place to place', async () => {
  const share = createPlane(12, 8);
  for (let i = 0; i < share.data.length; i++) share.data[i] = (i % 12) / 11;
  const gains = [
    [1.2, 1, 0.85],
    [0.8, 1, 1.25],
  ] as const;
  const off = await differences(room(300, 200), { ...NO_BALANCE, gains, share });
  expect(shareOf(off.y, 0.999)).toBeLessThan(1);
  for (const chroma of [off.cb, off.cr]) expect(shareOf(chroma, 0.99)).toBeLessThan(1);
});

test('every colour of the cube comes out near what it should', async () => {
  // 16 x 16 x 16 colours, 4 x 4 pixels each.
  const cube = pictureOf(256, 256, (x, y) => {
    const [u, v] = [x >> 2, y >> 2];
    return [(u & 15) / 15, (v & 15) / 15, ((u >> 4) + 4 * (v >> 4)) / 15];
  });
  const off = await differences(cube, COLD);
  for (const sorted of [off.y, off.cb, off.cr]) {
    expect(shareOf(sorted, 0.95)).toBeLessThan(1.5);
    expect(shareOf(sorted, 1)).toBeLessThan(6);
  }
});

test('gains of one leave what is not clipped as it is', async () => {
  const picture = pictureOf(120, 80, (x, y) => [0.1 + x / 160, 0.2 + y / 120, 0.4]);
  const into = placePicture(pool, picture);
  const before = readPlane(pool.arena, into.y, ONE).data;
  await balanceFrame(pool, into, NO_BALANCE);
  const { data } = readPlane(pool.arena, into.y, ONE);
  const most = data.reduce((worst, v, i) => Math.max(worst, Math.abs(v - (before[i] ?? 9))), 0);
  expect(255 * most).toBeLessThan(0.15);
});

test.each([
  [1, 1],
  [1, 5],
  [35, 1],
])('%i x %i pixels', async (width, height) => {
  const off = await differences(
    pictureOf(width, height, () => [0.6, 0.5, 0.4]),
    COLD,
  );
  for (const sorted of [off.y, off.cb, off.cr]) expect(shareOf(sorted, 1)).toBeLessThan(0.4);
});
