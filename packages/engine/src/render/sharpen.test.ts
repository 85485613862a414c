import { afterAll, beforeAll, expect, test } from 'vitest';
import { presetSettings } from '../options/resolve-options.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPlane, type Picture, type Plane } from '../pixels/picture.ts';
import { applySharpen } from '../sharpen/apply-sharpen.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { createRandom } from '../testing/random.ts';
import { Canvas } from './canvas.ts';
import { ONE, readPlane, takeYcc, writePlane } from './planes.ts';
import { sharpenFrame, sharpenPlanes } from './sharpen.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

/** Edges, lines and grain in blocks of colour that are two pixels wide and high, as chroma is. */
function sceneOf(width: number, height: number): Picture {
  const random = createRandom(width * height);
  return pictureOf(width, height, (x, y) => {
    const [red, blue] = [0.2 * Math.sin((x >> 1) / 9), 0.2 * Math.cos((y >> 1) / 7)];
    const grey = (x % 17 < 6 ? 0.35 : 0.62) + (y % 23 === 0 ? 0.06 : 0) + 0.02 * random();
    // Green makes up for red and blue, so that luma is grey.
    return [grey + red, grey - (0.2126 * red + 0.0722 * blue) / 0.7152, grey + blue];
  });
}

function lumaOf({ width, height, data }: Picture): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] =
      (0.2126 * (data[i * 3] ?? 0) +
        0.7152 * (data[i * 3 + 1] ?? 0) +
        0.0722 * (data[i * 3 + 2] ?? 0)) /
      65_535;
  return plane;
}

function canvasOf(picture: Picture): Canvas {
  const { width, height, data } = picture;
  const start = pool.arena.take(0);
  const photo = takeYcc(pool.arena, width, height);
  const middle = pool.arena.take(0);
  takeYcc(pool.arena, width, height);
  const end = pool.arena.take(0);
  const luma = lumaOf(picture);
  const cb = createPlane((width + 1) >> 1, (height + 1) >> 1);
  const cr = createPlane(cb.width, cb.height);
  for (let i = 0; i < cb.data.length; i++) {
    const at = (i % cb.width) * 2 + Math.floor(i / cb.width) * 2 * width;
    cb.data[i] = ((data[at * 3 + 2] ?? 0) / 65_535 - (luma.data[at] ?? 0)) / 1.8556;
    cr.data[i] = ((data[at * 3] ?? 0) / 65_535 - (luma.data[at] ?? 0)) / 1.5748;
  }
  writePlane(pool.arena, photo.y, { plane: luma, one: ONE });
  writePlane(pool.arena, photo.cb, { plane: cb, one: ONE });
  writePlane(pool.arena, photo.cr, { plane: cr, one: ONE });
  return new Canvas(pool, photo, [
    { start, bytes: middle - start },
    { start: middle, bytes: end - middle },
  ]);
}

const mostOff = (a: Plane, b: Plane): number =>
  a.data.reduce((most, v, i) => Math.max(most, 255 * Math.abs(v - (b.data[i] ?? 9))), 0);

test.each([
  [320, 240],
  [333, 257],
  [33, 3],
  [1, 1],
])('%i x %i pixels are sharpened as the plain form does', async (width, height) => {
  const scene = sceneOf(width, height);
  const plan = { amount: 1.3, sigma: 0.9, threshold: 0.006, haloCap: 0.03 };
  const canvas = canvasOf(scene);
  const chroma = readPlane(pool.arena, canvas.photo.cb, 1);
  await sharpenPlanes(canvas, plan);
  const plain = { ...scene, data: scene.data.slice() };
  applySharpen(plain, plan);
  expect(mostOff(readPlane(pool.arena, canvas.photo.y, ONE), lumaOf(plain))).toBeLessThan(0.15);
  expect(mostOff(readPlane(pool.arena, canvas.photo.cb, 1), chroma)).toBe(0);
});

test('the noise of the photo sets what is left alone', async () => {
  const random = createRandom(8);
  const grain = (): number => 0.5 + 0.04 * (random() + random() - 1);
  const wall = pictureOf(320, 320, () => {
    const value = grain();
    return [value, value, value];
  });
  const canvas = canvasOf(wall);
  const before = readPlane(pool.arena, canvas.photo.y, ONE);
  // The deviation of the sum of two such numbers is 0.04 / sqrt(6).
  const noise = await sharpenFrame(canvas, presetSettings('natural').sharpen);
  expect(noise).toBeCloseTo(0.0163, 2);
  const after = readPlane(pool.arena, canvas.photo.y, ONE);
  const changed = after.data.filter((v, i) => v !== before.data[i]).length / after.data.length;
  expect(changed).toBeLessThan(0.05);

  const still = canvasOf(wall);
  const { photo } = still;
  await sharpenFrame(still, { ...presetSettings('natural').sharpen, amount: 0 });
  expect(still.photo).toBe(photo);
});
