import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Geometry, Lens } from '../geometry/geometry.ts';
import { warpPicture } from '../geometry/warp.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPicture, createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import { Canvas } from './canvas.ts';
import { ONE, readPlane, takeYcc, writePlane, type YccRef } from './planes.ts';
import { resampleFrame } from './resample.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;

function lensOf(width: number, height: number, change: Partial<Lens>): Lens {
  return {
    centreX: width / 2,
    centreY: height / 2,
    radius: Math.hypot(width, height) / 2,
    k1: 0,
    red: 0,
    blue: 0,
    vignette: [0, 0, 0],
    ...change,
  };
}

/** Luma with edges and grain on slowly changing colour; no channel is cut. */
function scene(width: number, height: number): Picture {
  const random = createRandom(width);
  const picture = createPicture(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const edge = (x >> 4) % 2 === (y >> 5) % 2 ? 0.2 : 0;
      const luma = 0.4 + 0.1 * Math.sin(x / 7) * Math.cos(y / 9) + edge + 0.04 * random();
      const [warm, green] = [0.06 * Math.sin(x / 60), 0.05 * Math.cos(y / 45)];
      for (const [c, value] of [luma + warm, luma + green, luma - warm].entries())
        picture.data[(y * width + x) * 3 + c] = Math.round(65535 * value);
    }
  }
  return picture;
}

type Planes = { readonly y: Plane; readonly cb: Plane; readonly cr: Plane };

/** Luma of every pixel, chroma of every 2 x 2, from the definition of Rec. 709. */
function planesOf(picture: Picture): Planes {
  const { width, height, data } = picture;
  const y = lumaOf(picture);
  const cb = createPlane((width + 1) >> 1, (height + 1) >> 1);
  const cr = createPlane(cb.width, cb.height);
  for (let v = 0; v < cb.height; v++) {
    for (let u = 0; u < cb.width; u++) {
      const at = v * cb.width + u;
      for (let k = 0; k < 4; k++) {
        const x = Math.min(width - 1, 2 * u + (k & 1));
        const pixel = Math.min(height - 1, 2 * v + (k >> 1)) * width + x;
        const luma = y.data[pixel] ?? 0;
        const [red, blue] = [data[pixel * 3] ?? 0, data[pixel * 3 + 2] ?? 0];
        cb.data[at] = (cb.data[at] ?? 0) + (blue / 65535 - luma) / 1.8556 / 4;
        cr.data[at] = (cr.data[at] ?? 0) + (red / 65535 - luma) / 1.5748 / 4;
      }
    }
  }
  return { y, cb, cr };
}

/** A canvas that shows the planes, with a spare region as large. */
function canvasOf(planes: Planes, from: Pool): Canvas {
  const { arena } = from;
  const { width, height } = planes.y;
  const start = arena.take(0);
  const photo = takeYcc(arena, width, height);
  const bytes = arena.take(0) - start;
  for (const key of ['y', 'cb', 'cr'] as const)
    writePlane(arena, photo[key], { plane: planes[key], one: ONE });
  const spare = arena.take(bytes);
  return new Canvas(from, photo, [
    { start, bytes },
    { start: spare, bytes },
  ]);
}

function read({ y, cb, cr }: YccRef, from: Pool): Planes {
  const plane = (ref: typeof y) => readPlane(from.arena, ref, ONE);
  return { y: plane(y), cb: plane(cb), cr: plane(cr) };
}

/** Differences in 8-bit levels, smallest first. */
function differences(a: Plane, b: Plane): Float32Array {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.map((value, i) => 255 * Math.abs(value - (b.data[i] ?? Number.NaN))).sort();
}

const at = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function both(
  picture: Picture,
  geometry: Geometry,
): Promise<{ ours: Planes; plain: Planes }> {
  const canvas = canvasOf(planesOf(picture), pool);
  await resampleFrame(canvas, geometry);
  return { ours: read(canvas.photo, pool), plain: planesOf(warpPicture(picture, geometry)) };
}

const turned = [0.991, 0.032, 4.2, -0.027, 1.004, 9.7, 3e-6, -4e-5, 1] as const;

test.each([
  ['upright', 400, 300, { width: 371, height: 279, lens: null }],
  ['odd sizes', 401, 299, { width: 373, height: 277, lens: null }],
  ['barrel', 400, 300, { width: 372, height: 279, lens: lensOf(400, 300, { k1: -0.04 }) }],
  ['beyond the edges', 200, 120, { width: 200, height: 120, lens: lensOf(200, 120, { k1: 0.2 }) }],
  [
    'vignette',
    400,
    300,
    { width: 372, height: 280, lens: lensOf(400, 300, { vignette: [0, -0.3, 0] }) },
  ],
] as const)('%s: as the plain form', async (_, width, height, rest) => {
  const picture = scene(width, height);
  const { ours, plain } = await both(picture, { ...rest, toPicture: turned });
  const luma = differences(ours.y, plain.y);
  // Places are rounded to 1/256 of a pixel by both, now and then to different ones.
  expect(at(luma, 0.99)).toBeLessThan(0.3);
  expect(at(luma, 1)).toBeLessThan(1.5);
  for (const key of ['cb', 'cr'] as const) {
    const chroma = differences(ours[key], plain[key]);
    expect(at(chroma, 0.99)).toBeLessThan(0.3);
    expect(at(chroma, 1)).toBeLessThan(1);
  }
});

test('a lens that draws red larger and blue smaller: as the plain form, and the fringe is gone', async () => {
  const [width, height] = [480, 320];
  const lens = lensOf(width, height, { red: 0.004, blue: -0.003 });
  const size = { width, height, toPicture: IDENTITY };
  const grey = createPicture(width, height);
  for (let i = 0; i < grey.data.length; i++) {
    const pixel = Math.floor(i / 3);
    const wave = Math.sin((pixel % width) / 3.5) * Math.cos(Math.floor(pixel / width) / 4.5);
    grey.data[i] = Math.round(65535 * (0.5 + 0.3 * wave));
  }
  // The same lens the other way round: what it makes of a grey scene.
  const taken = warpPicture(grey, { ...size, lens: { ...lens, red: -0.004, blue: 0.003 } });
  const { ours, plain } = await both(taken, { ...size, lens });
  const colour = ({ cb, cr }: Planes): number =>
    Math.max(
      ...[cb, cr].map(({ data }) => at(data.map((value) => 255 * Math.abs(value)).sort(), 0.99)),
    );
  const before = colour(planesOf(taken));
  expect(before).toBeGreaterThan(5);
  expect(colour(plain)).toBeLessThan(before / 8);
  expect(colour(ours)).toBeLessThan(before / 5);
  expect(at(differences(ours.y, plain.y), 0.99)).toBeLessThan(1);
});

test('a vignette is undone up to white and no further, and what is nearly white keeps its colour', async () => {
  const [width, height] = [301, 203];
  const size = { width, height, toPicture: IDENTITY };
  // Half the light arrives in the corners: a gain of 2 ** (1 / 2.2) = 1.37.
  const lens = lensOf(width, height, { vignette: [0, -0.5, 0] });
  const bright = createPicture(width, height);
  for (let i = 0; i < bright.data.length; i++)
    bright.data[i] = [64_000, 60_000, 50_000][i % 3] ?? 0;
  const { ours, plain } = await both(bright, { ...size, lens });
  for (const planes of [ours, plain]) {
    const { cb, cr } = planes;
    const [luma, red] = [at(planes.y.data.slice().sort(), 1), at(cr.data.slice().sort(), 1)];
    // Red is the strongest: 65,535 / 64,000 = 1.024 is all that it may get.
    expect(luma + 1.5748 * red).toBeLessThan(1.001);
    expect(luma + 1.5748 * red).toBeGreaterThan(0.998);
    const corner = (cr.data.at(-1) ?? 0) / (planes.y.data.at(-1) ?? 1);
    const middle = Math.floor(cb.height / 2) * cb.width + (cb.width >> 1);
    const center =
      (cr.data[middle] ?? 0) / (planes.y.data[(height >> 1) * width + (width >> 1)] ?? 1);
    expect(corner).toBeCloseTo(center, 3);
  }
  expect(at(differences(ours.y, plain.y), 1)).toBeLessThan(0.5);
});

test('nothing to do leaves the photo where it is', async () => {
  const canvas = canvasOf(planesOf(scene(64, 48)), pool);
  const before = canvas.photo;
  await resampleFrame(canvas, { width: 64, height: 48, toPicture: IDENTITY, lens: null });
  expect(canvas.photo).toBe(before);
});

test.each([
  [1, 1],
  [2, 1],
  [1, 17],
  [33, 3],
])('%i x %i pixels', async (width, height) => {
  const picture = createPicture(width, height);
  picture.data.fill(30_000);
  const { ours } = await both(picture, { width, height, toPicture: turned, lens: null });
  for (const value of ours.y.data) expect(value).toBeCloseTo(30_000 / 65535, 3);
});

test('the same for any number of threads', async () => {
  const alone = await Pool.start(new Arena(), 1);
  const planes = planesOf(scene(700, 1300));
  const lens = lensOf(700, 1300, { k1: -0.02, red: 0.001, vignette: [0, -0.2, 0] });
  const results: string[] = [];
  for (const threads of [pool, alone]) {
    const canvas = canvasOf(planes, threads);
    await resampleFrame(canvas, { width: 640, height: 1180, toPicture: turned, lens });
    const { y, cb, cr } = read(canvas.photo, threads);
    results.push([y, cb, cr].map(({ data }) => data.join()).join());
  }
  await alone.stop();
  expect(results[0] === results[1]).toBe(true);
});
