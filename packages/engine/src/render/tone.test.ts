import { afterAll, beforeAll, expect, test } from 'vitest';
import { presetSettings } from '../options/resolve-options.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import {
  createPicture,
  createPlane,
  type Picture,
  type Plane,
  readLumaRow,
} from '../pixels/picture.ts';
import { expose } from '../testing/bracket.ts';
import { renderInterior } from '../testing/interior.ts';
import { createRandom } from '../testing/random.ts';
import { applyTone } from '../tone/apply-tone.ts';
import { planTone } from '../tone/plan-tone.ts';
import { ONE, readPlane, takeYcc, writePlane, type YccRef } from './planes.ts';
import { toneFrame } from './tone.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

type Scene = {
  readonly picture: Picture;
  readonly y: Plane;
  readonly cb: Plane;
  readonly cr: Plane;
};

/** A picture in which each 2 x 2 pixels share their chroma, as in the planes, and no channel is cut. */
function sceneOf(
  width: number,
  height: number,
  colorAt: (x: number, y: number) => number[],
): Scene {
  const [y, picture] = [createPlane(width, height), createPicture(width, height)];
  const cb = createPlane((width + 1) >> 1, (height + 1) >> 1);
  const cr = createPlane(cb.width, cb.height);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const half = (v >> 1) * cb.width + (u >> 1);
      const [r = 0, g = 0, b = 0] = colorAt(u & ~1, v & ~1);
      const grey = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      cb.data[half] = (b - grey) / 1.8556;
      cr.data[half] = (r - grey) / 1.5748;
      const [own = 0, other = 0, third = 0] = colorAt(u, v);
      const wanted = 0.2126 * own + 0.7152 * other + 0.0722 * third;
      const [top, bottom] = [1 - Math.max(r, g, b) + grey, grey - Math.min(r, g, b)];
      const luma = Math.min(top, Math.max(bottom, wanted));
      y.data[v * width + u] = luma;
      for (const [c, channel] of [r, g, b].entries())
        picture.data[(v * width + u) * 3 + c] = (luma + channel - grey) * 65535 + 0.5;
    }
  }
  return { picture, y, cb, cr };
}

function place({ y, cb, cr }: Scene): YccRef {
  const into = takeYcc(pool.arena, y.width, y.height);
  for (const [ref, plane] of [
    [into.y, y],
    [into.cb, cb],
    [into.cr, cr],
  ] as const)
    writePlane(pool.arena, ref, { plane, one: ONE });
  return into;
}

/** The test room, or any other codes, as a scene. */
function room(width: number, height: number, ev: number): Scene {
  const codes = expose(renderInterior(width, height, 3), { ev, seed: 7, light: [1, 1, 1] });
  return sceneOf(width, height, (x, y) =>
    [0, 1, 2].map((c) => (codes[(y * width + x) * 3 + c] ?? 0) / 255),
  );
}

/** Luma and chroma (means over 2 x 2 pixels) of a picture. */
function yccOf(picture: Picture): Omit<Scene, 'picture'> {
  const { width, height, data } = picture;
  const y = createPlane(width, height);
  for (let v = 0; v < height; v++) readLumaRow(picture, v, y.data.subarray(v * width));
  const cb = createPlane((width + 1) >> 1, (height + 1) >> 1);
  const cr = createPlane(cb.width, cb.height);
  for (let v = 0; v < cb.height; v++) {
    for (let u = 0; u < cb.width; u++) {
      for (let k = 0; k < 4; k++) {
        const x = Math.min(width - 1, 2 * u + (k & 1));
        const at = (Math.min(height - 1, 2 * v + (k >> 1)) * width + x) * 3;
        const grey = y.data[at / 3] ?? 0;
        const half = v * cb.width + u;
        const [blue, red] = [(data[at + 2] ?? 0) / 65535, (data[at] ?? 0) / 65535];
        cb.data[half] = (cb.data[half] ?? 0) + (blue - grey) / 1.8556 / 4;
        cr.data[half] = (cr.data[half] ?? 0) + (red - grey) / 1.5748 / 4;
      }
    }
  }
  return { y, cb, cr };
}

/** Differences in 8-bit levels, smallest first. */
function differences(a: Plane, b: Plane): Float32Array {
  return a.data.map((value, i) => 255 * Math.abs(value - (b.data[i] ?? Number.NaN))).sort();
}

const at = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

test.each([
  [300, 200, 0],
  [301, 203, -2],
  [97, 66, 1],
])('the room at %i x %i (%i EV) is toned as the plain form tones it', async (width, height, ev) => {
  for (const preset of ['natural', 'luxury'] as const) {
    const scene = room(width, height, ev);
    const plan = planTone(scene.picture, presetSettings(preset).tone);
    const into = place(scene);
    await toneFrame(pool, into, plan);
    const plain = yccOf(applyTone(scene.picture, plan));
    const luma = differences(readPlane(pool.arena, into.y, ONE), plain.y);
    expect(at(luma, 0.999)).toBeLessThan(0.25);
    expect(at(luma, 1)).toBeLessThan(1);
    for (const key of ['cb', 'cr'] as const) {
      const chroma = differences(readPlane(pool.arena, into[key], ONE), plain[key]);
      // A factor for 2 x 2 pixels at once: at edges it is that of their mean.
      expect(at(chroma, 0.99)).toBeLessThan(1.5);
      expect(at(chroma, 0.999)).toBeLessThan(3);
    }
  }
});

test('strong colours and spared places are as in the plain form', async () => {
  const [width, height] = [160, 90];
  const random = createRandom(4);
  const colors = Array.from({ length: 70 }, () => [random(), random(), random()]);
  const scene = sceneOf(width, height, (x, y) => colors[(x >> 4) + 10 * (y >> 4)] ?? [0, 0, 0]);
  const spared = createPlane(20, 11);
  for (let i = 0; i < spared.data.length; i++) spared.data[i] = i % 20 < 8 ? 1 : 0;
  const plan = planTone(scene.picture, presetSettings('bright').tone, spared);
  const into = place(scene);
  await toneFrame(pool, into, plan);
  const plain = yccOf(applyTone(scene.picture, plan));
  for (const key of ['y', 'cb', 'cr'] as const) {
    const off = differences(readPlane(pool.arena, into[key], ONE), plain[key]);
    // The map is read for 2 x 2 pixels at once, which shows where it rises.
    expect(at(off, 0.9)).toBeLessThan(0.3);
    expect(at(off, 1)).toBeLessThan(2.5);
  }
});

test.each([
  [1, 1],
  [2, 1],
  [1, 17],
  [33, 3],
])('%i x %i pixels', async (width, height) => {
  const scene = sceneOf(width, height, () => [0.5, 0.45, 0.4]);
  const plan = planTone(scene.picture, presetSettings('natural').tone);
  const into = place(scene);
  await toneFrame(pool, into, plan);
  const off = differences(
    readPlane(pool.arena, into.y, ONE),
    yccOf(applyTone(scene.picture, plan)).y,
  );
  expect(at(off, 1)).toBeLessThan(0.3);
});

test('the same for any number of threads', async () => {
  const scene = room(300, 1400, 0);
  const plan = planTone(scene.picture, presetSettings('natural').tone);
  const alone = await Pool.start(new Arena(), 1);
  const results: string[] = [];
  for (const threads of [pool, alone]) {
    const into = takeYcc(threads.arena, 300, 1400);
    for (const key of ['y', 'cb', 'cr'] as const)
      writePlane(threads.arena, into[key], { plane: scene[key], one: ONE });
    await toneFrame(threads, into, plan);
    results.push(
      (['y', 'cb', 'cr'] as const)
        .map((key) => readPlane(threads.arena, into[key], 1).data.join())
        .join(),
    );
  }
  await alone.stop();
  expect(results[0] === results[1]).toBe(true);
});
