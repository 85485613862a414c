import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presetSettings } from '../options/resolve-options.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPicture, lumaOf, type Picture } from '../pixels/picture.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { createRandom } from '../testing/random.ts';
import { applyTone } from '../tone/apply-tone.ts';
import { planTone } from '../tone/plan-tone.ts';
import { onPlanes } from './on-planes.ts';
import { toneFrame } from './tone.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

const asItIs = (picture: Picture): Promise<Picture> =>
  onPlanes(pool, picture, async () => undefined);

/** Largest difference of two pictures, of 65535. */
function apart(a: Picture, b: Picture): number {
  return a.data.reduce((most, code, i) => Math.max(most, Math.abs(code - (b.data[i] ?? 0))), 0);
}

describe('a small picture on planes', () => {
  // Widths around the 16 pixels that are written at once, an odd one and an odd height among them.
  it.each([
    [1, 1],
    [15, 2],
    [16, 3],
    [33, 5],
    [250, 41],
  ])('greys come back as they were at %i x %i', async (width, height) => {
    const random = createRandom(width);
    const grey = createPicture(width, height);
    for (let i = 0; i < grey.data.length; i += 3) grey.data.fill(random() * 65_535, i, i + 3);
    // A sample is worth eight codes, so half of that is lost at most.
    expect(apart(await asItIs(grey), grey)).toBeLessThanOrEqual(4);
  });

  it('black and white stay what they are', async () => {
    for (const value of [0, 1]) {
      const flat = pictureOf(37, 9, () => [value, value, value]);
      expect((await asItIs(flat)).data).toEqual(flat.data);
    }
  });

  it('colours that are larger than a pixel come back as well', async () => {
    const colors = [
      [0.8, 0.3, 0.1],
      [0.1, 0.5, 0.9],
      [0.4, 0.7, 0.2],
    ] as const;
    for (const color of colors) {
      const flat = pictureOf(40, 12, () => [...color]);
      expect(apart(await asItIs(flat), flat)).toBeLessThanOrEqual(24);
    }
  });

  it('luma is never mixed with that of neighbours', async () => {
    const random = createRandom(4);
    // Muted colours, so that no channel is cut.
    const noise = pictureOf(64, 20, () => [
      0.4 + 0.2 * random(),
      0.4 + 0.2 * random(),
      0.4 + 0.2 * random(),
    ]);
    const [before, after] = [lumaOf(noise), lumaOf(await asItIs(noise))];
    const most = before.data.reduce(
      (top, luma, i) => Math.max(top, Math.abs(luma - (after.data[i] ?? 0))),
      0,
    );
    expect(most).toBeLessThan(3 / 8192);
  });

  it('a stage does there what the plain form does', async () => {
    const room = pictureOf(120, 80, (x, y) => {
      const light = 0.15 + 0.5 * (x / 120);
      return [light, light * 0.95, light * (0.7 + 0.2 * (y / 80))];
    });
    const plan = planTone(room, presetSettings('natural').tone);
    const toned = await onPlanes(pool, room, (photo) => toneFrame(pool, photo, plan));
    const plain = applyTone(room, plan);
    // Two codes of 8 bits; the photo itself changes by twenty and more.
    expect(apart(toned, plain)).toBeLessThan(2 * 257);
    expect(apart(toned, room)).toBeGreaterThan(20 * 257);
  });

  it('takes no memory for good', async () => {
    const before = pool.arena.take(0);
    await asItIs(createPicture(300, 200));
    expect(pool.arena.take(0)).toBe(before);
  });
});
