import { afterAll, beforeAll, expect, test } from 'vitest';
import { followedBy } from '../align/homography.ts';
import { warpOverview } from '../align/warp-overview.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPicture } from '../pixels/picture.ts';
import type { Homography } from '../plan/plan.ts';
import { createRandom } from '../testing/random.ts';
import { loadFrame } from './load-frame.ts';
import { loadMovedFrame } from './load-moved-frame.ts';
import { ONE, readPlane, takeYcc } from './planes.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

/** Waves, hard edges and grain, 0..1. */
function valueAt(x: number, y: number, grain: number): number {
  const edge = (x >> 4) % 2 === (y >> 5) % 2 ? 0.3 : 0;
  return Math.min(
    1,
    Math.max(0, 0.35 + 0.3 * Math.sin(x / 7) * Math.cos(y / 9) + edge + 0.1 * grain),
  );
}

function codesOf<T extends Uint8Array | Uint16Array>(codes: T, width: number): T {
  const [random, most] = [createRandom(width), codes instanceof Uint16Array ? 65535 : 255];
  for (let i = 0; i < codes.length; i++) {
    const pixel = Math.floor(i / 3);
    codes[i] = Math.round(most * valueAt(pixel % width, Math.floor(pixel / width), random() - 0.5));
  }
  return codes;
}

const turned: Homography = [0.9985, -0.021, 9.3, 0.019, 1.002, -3.4, 1e-6, -2e-6, 1];

/** The planes of the warped overview of the same codes: what the kernel is meant to give. */
async function expected(codes: Uint8Array | Uint16Array, frame: Size, area: Size & Place) {
  const one = codes instanceof Uint16Array ? 1 : 257;
  const picture = createPicture(frame.width, frame.height);
  for (let i = 0; i < codes.length; i++) picture.data[i] = one * (codes[i] as number);
  const toFrame = followedBy([1, 0, area.left, 0, 1, area.top, 0, 0, 1], turned);
  const { picture: warped } = warpOverview(picture, toFrame, area);
  const data =
    codes instanceof Uint16Array
      ? warped.data
      : Uint8Array.from(warped.data, (value) => Math.round(value / 257));
  const into = takeYcc(pool.arena, area.width, area.height);
  await loadFrame(pool, { data, width: area.width, left: 0, top: 0 }, into);
  return into;
}

type Size = { readonly width: number; readonly height: number };
type Place = { readonly left: number; readonly top: number };

test.each([
  [
    '8 bits',
    new Uint8Array(400 * 300 * 3),
    { width: 400, height: 300 },
    { left: 12, top: 8, width: 371, height: 283 },
    1.1,
  ],
  [
    '16 bits',
    new Uint16Array(400 * 300 * 3),
    { width: 400, height: 300 },
    { left: 12, top: 8, width: 371, height: 283 },
    0.05,
  ],
  [
    'many strips',
    new Uint8Array(1500 * 560 * 3),
    { width: 1500, height: 560 },
    { left: 40, top: 20, width: 1400, height: 500 },
    1.1,
  ],
] as const)(
  'a moved frame of %s lies where its overview would',
  async (_, buffer, frame, area, codes) => {
    const data = codesOf(buffer, frame.width);
    const into = takeYcc(pool.arena, area.width, area.height);
    await loadMovedFrame(
      pool,
      { data, ...frame, left: area.left, top: area.top, toFrame: turned },
      into,
    );
    const reference = await expected(data, frame, area);
    for (const channel of ['y', 'cb', 'cr'] as const) {
      const [ours, theirs] = [into[channel], reference[channel]].map(
        (ref) => readPlane(pool.arena, ref, ONE).data,
      );
      let [worst, sum] = [0, 0];
      for (const [i, value] of (ours ?? []).entries()) {
        const off = Math.abs(value - (theirs?.[i] ?? 9)) * 255;
        worst = Math.max(worst, off);
        sum += off;
      }
      expect(worst).toBeLessThan(codes);
      expect(sum / (ours?.length ?? 1)).toBeLessThan(codes / 8);
    }
  },
);

test('an even surface stays exactly as even', async () => {
  const frame = { width: 200, height: 160 };
  for (const code of [0, 1, 127, 255]) {
    const data = new Uint8Array(frame.width * frame.height * 3).fill(code);
    const into = takeYcc(pool.arena, 160, 120);
    await loadMovedFrame(pool, { data, ...frame, left: 16, top: 16, toFrame: turned }, into);
    const { data: luma } = readPlane(pool.arena, into.y, ONE);
    for (const value of luma) expect(Math.abs(value - code / 255)).toBeLessThan(1e-4);
  }
});
