import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { applyDusk, type DuskPlan } from '../dusk/apply-dusk.ts';
import { duskColor } from '../dusk/dusk-color.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPlane, LUMA_B, LUMA_G, LUMA_R, type Picture } from '../pixels/picture.ts';
import { expose } from '../testing/bracket.ts';
import { comparePlanes, shareOf } from '../testing/compare-planes.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { duskFrame } from './dusk.ts';

let pool: Pool;
beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});
afterAll(async () => {
  await pool.stop();
});

type Color = readonly [number, number, number];
const lumaOf = ([r, g, b]: Color) => LUMA_R * r + LUMA_G * g + LUMA_B * b;
const GREY: Color = [0.6, 0.6, 0.6];
const WALL: Color = [0.85, 0.85, 0.85];
const LAMPLIGHT: Color = [0.95, 0.75, 0.45];
const channel = fc.double({ min: 0, max: 1, noNaN: true });

describe('dusk', () => {
  const room = { open: 0, strength: 1 };
  const sky = { open: 1, strength: 1 };

  it('is dark and blue under the sky, dim and warmer in a room, and leaves lamps their light', () => {
    const [red, , blue] = duskColor(GREY, sky);
    expect(blue).toBeGreaterThan(red + 0.08);
    expect(lumaOf(duskColor(GREY, sky))).toBeLessThan(0.4);
    const wall = duskColor(WALL, room);
    expect(wall[0]).toBeGreaterThan(wall[2]);
    expect(lumaOf(wall)).toBeLessThan(lumaOf(WALL) - 0.1);
    expect(lumaOf(wall)).toBeGreaterThan(lumaOf(duskColor(WALL, sky)) + 0.1);
    for (const where of [room, sky]) {
      const kept = lumaOf(duskColor(LAMPLIGHT, where)) / lumaOf(LAMPLIGHT);
      expect(kept).toBeGreaterThan(lumaOf(duskColor(GREY, where)) / lumaOf(GREY) + 0.05);
    }
  });

  it('brightens nothing, turns no greys around, and is nothing at no strength', () => {
    fc.assert(
      fc.property(channel, channel, channel, channel, (r, g, b, open) => {
        const color = [r, g, b] as const;
        expect(lumaOf(duskColor(color, { open, strength: 1 }))).toBeLessThanOrEqual(
          lumaOf(color) + 1e-6,
        );
        for (const [c, value] of duskColor(color, { open, strength: 0 }).entries())
          expect(value).toBeCloseTo(color[c] ?? Number.NaN, 6);
        const grey = (level: number) =>
          lumaOf(duskColor([level, level, level], { open, strength: 1 }));
        expect(grey(Math.max(r, g))).toBeGreaterThanOrEqual(grey(Math.min(r, g)) - 1e-9);
      }),
    );
  });
});

function room(width: number, height: number): Picture {
  const codes = expose(renderInterior(width, height, 3), { ev: 0, seed: 7, light: [1.1, 1, 0.8] });
  return { width, height, data: Uint16Array.from(codes, (code) => code * 257) };
}

const differences = (picture: Picture, plan: DuskPlan) =>
  comparePlanes(pool, picture, {
    kernel: (photo) => duskFrame(pool, photo, plan),
    plain: (colors) => applyDusk(colors, plan),
  });

test('the full size gets the dusk of the plain form, in rooms, outside, and where windows are', async () => {
  const views = createPlane(12, 8);
  for (let i = 0; i < views.data.length; i++) views.data[i] = (i % 12) / 11;
  for (const plan of [
    { open: 0, views: null, strength: 1 },
    { open: 1, views: null, strength: 0.6 },
    { open: 0.2, views, strength: 1 },
  ]) {
    const off = await differences(room(301, 203), plan);
    expect(shareOf(off.y, 0.9)).toBeLessThan(0.9);
    // Hard edges share the chroma of 2 x 2 pixels, and with it how far they are lamplight.
    expect(shareOf(off.y, 0.97)).toBeLessThan(5);
    for (const chroma of [off.cb, off.cr]) expect(shareOf(chroma, 0.99)).toBeLessThan(2.5);
  }
});

test('of colours without edges hardly anything is lost in the table', async () => {
  // Colours in squares of 8, so that none shares the chroma of another.
  const cube = pictureOf(256, 128, (x, y) => {
    const [u, v] = [x >> 3, y >> 3];
    return [(u & 7) / 7, (v & 7) / 7, ((u >> 3) + 4 * (v >> 3)) / 7];
  });
  const off = await differences(cube, { open: 0.5, views: null, strength: 1 });
  for (const sorted of [off.y, off.cb, off.cr]) {
    expect(shareOf(sorted, 0.95)).toBeLessThan(1.5);
    expect(shareOf(sorted, 1)).toBeLessThan(6);
  }
});
