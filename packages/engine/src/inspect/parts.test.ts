import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Geometry } from '../geometry/geometry.ts';
import { warpPicture } from '../geometry/warp.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { boxMean } from '../pixels/box-mean.ts';
import { createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import { srgbToLinear } from '../pixels/srgb.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { createRandom } from '../testing/random.ts';
import { blocksOf, correlation } from './bands.ts';
import { castOf, greysOf } from './cast.ts';
import { clippingOf, shownIn } from './clipping.ts';
import { haloOf, rimsOf } from './rims.ts';
import { sharpnessOf } from './sharpness.ts';
import { shrinkOnPool } from './shrink-on-pool.ts';
import { smallCopy } from './small-copy.ts';
import { layersOf, viewOf } from './small-view.ts';
import { structureOf } from './structure.ts';
import { witnessesOf } from './witnesses.ts';

function planeOf(width: number, height: number, at: (x: number, y: number) => number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = at(i % width, Math.floor(i / width));
  return plane;
}

function noise(width: number, height: number): Plane {
  const random = createRandom(3);
  return planeOf(width, height, () => random());
}

function largest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++)
    most = Math.max(most, Math.abs((a[i] as number) - (b[i] as number)));
  return most;
}

describe('layers', () => {
  test.each([
    [40, 30],
    [5, 3],
    [1, 1],
    [200, 2],
  ])('of %i x %i pixels are what plain means say', (width, height) => {
    const luma = noise(width, height);
    const { soft, band } = layersOf(luma);
    const broad = boxMean(luma, 8);
    expect(largest(soft.data, boxMean(luma, 1).data)).toBeLessThan(1e-6);
    const expected = soft.data.map((value, i) => value - (broad.data[i] as number));
    expect(largest(band.data, expected)).toBeLessThan(1e-6);
  });
});

describe('small copies', () => {
  test('are means of areas: 3 pixels become 2', () => {
    const row = pictureOf(3, 1, (x) => [[0.3, 0.6, 0.9][x] ?? 0, 0, 0]);
    // (0.3 + 0.6 / 2) / 1.5 and (0.6 / 2 + 0.9) / 1.5
    const { data } = smallCopy(row, { width: 2, height: 1 });
    expect((data[0] ?? 0) / 65535).toBeCloseTo(0.4, 4);
    expect((data[3] ?? 0) / 65535).toBeCloseTo(0.8, 4);
  });
});

test('sharpness is the gradient that a twentieth of the pixels exceed', () => {
  // One column of ten has a step.
  const stepped = planeOf(101, 51, (x) => 0.5 * (Math.floor(x / 10) % 2));
  expect(sharpnessOf(stepped)).toBeCloseTo(0.5, 3);
  expect(sharpnessOf(planeOf(60, 40, (x, y) => 0.003 * x + 0.004 * y))).toBeCloseTo(0.005, 3);
  expect(sharpnessOf(planeOf(1, 1, () => 1))).toBe(0);
});

test('a cast is the distance from grey in log2 chroma, of what is grey in the reference', () => {
  const grey = viewOf(pictureOf(60, 40, () => [0.5, 0.5, 0.5]));
  const blueish = viewOf(pictureOf(60, 40, () => [0.5, 0.5, 0.6]));
  const expected = Math.log2(srgbToLinear(0.6) / srgbToLinear(0.5));
  const found = castOf(blueish, greysOf(grey));
  expect(found.colorCast).toBeCloseTo(expected, 2);
  expect(found.castAdded).toBeCloseTo(expected, 2);
  const red = viewOf(pictureOf(60, 40, () => [0.9, 0.2, 0.2]));
  expect(castOf(blueish, greysOf(red))).toEqual({ colorCast: 0, castAdded: 0 });
});

test('what one of the exposures shows need not be white', () => {
  const white = viewOf(pictureOf(10, 10, (x) => (x < 4 ? [1, 1, 1] : [0.5, 0.5, 0.5])));
  const shown = shownIn(planeOf(10, 10, (x) => (x < 2 ? 0.5 : 1)));
  const nothing = shownIn(planeOf(10, 10, (x) => x % 2));
  expect(clippingOf(white, [nothing])).toEqual({ clippedDark: 0, clippedBright: 0.4, blown: 0 });
  expect(clippingOf(white, [nothing, shown]).blown).toBeCloseTo(0.2);
});

test('structure is kept where one of the exposures shows the same, lost where none does', () => {
  // Stripes: of the photo's on the left, of other ones on the right half.
  const stripes = (length: number) => (x: number) =>
    0.4 + 0.1 * Math.sin((2 * Math.PI * x) / length);
  const half = (x: number) => (x < 96 ? stripes(12)(x) : stripes(7)(x));
  const reference = layersOf(planeOf(192, 96, stripes(12)));
  const photo = layersOf(planeOf(192, 96, half));
  const blocks = { result: blocksOf(photo), reference: blocksOf(reference), spared: null };
  const alone = structureOf(photo.band, [reference.band], blocks);
  expect(alone.structureKept).toBeCloseTo(0.5, 1);
  expect(structureOf(photo.band, [reference.band, photo.band], blocks).structureKept).toBe(1);
  const spared = planeOf(12, 6, (x) => (x >= 5 ? 1 : 0));
  expect(structureOf(photo.band, [reference.band], { ...blocks, spared }).structureKept).toBe(1);
});

describe('rims', () => {
  const step = (x: number) => (x < 60 ? 0.3 : 0.6);
  const exposure = rimsOf(layersOf(planeOf(120, 80, step)));

  test('along an edge are what they were made of, in levels', () => {
    const rim = (x: number) => (x >= 62 && x < 68 ? 0.05 : x >= 52 && x < 58 ? -0.05 : 0);
    const { soft } = layersOf(planeOf(120, 80, (x) => step(x) + rim(x)));
    const found = haloOf(soft, exposure);
    expect(found).toBeGreaterThan(8);
    expect(found).toBeLessThan(0.05 * 255);
  });

  test('are none where only brightness and contrast change', () => {
    const { soft } = layersOf(planeOf(120, 80, (x) => 1.4 * step(x) - 0.1));
    // An edge of 76 levels became one of 107; what is seen of that is the slope of the edge itself.
    expect(Math.abs(haloOf(soft, exposure))).toBeLessThan(1.5);
  });
});

test('one block of the same detail correlates, one of the opposite does not', () => {
  const a = layersOf(noise(48, 32)).band;
  const opposite = { ...a, data: a.data.map((value) => -2 * value) };
  for (const index of [0, 4, 5]) {
    expect(correlation(a, a, index)).toBeCloseTo(1);
    expect(correlation(a, opposite, index)).toBeCloseTo(-1);
  }
});

describe('on the pool', () => {
  let pool: Pool;
  beforeAll(async () => {
    pool = await Pool.start(new Arena(), 2);
  });
  afterAll(async () => await pool.stop());

  test.each([
    [1101, 733, 768, 511],
    [40, 31, 7, 5],
    [9, 4, 9, 3],
    [1, 1, 1, 1],
  ])('%i x %i pixels shrink to %i x %i as in plain code', async (width, height, w, h) => {
    const random = createRandom(8);
    const picture = pictureOf(width, height, () => [random(), random(), random()]);
    const small = { width: w, height: h };
    const plain = smallCopy(picture, small);
    expect(largest((await shrinkOnPool(pool, picture, small)).data, plain.data)).toBeLessThan(2);
    const bytes = Uint8Array.from(picture.data, (code) => code >> 8);
    const codes = { width, height, data: bytes };
    const widened = { width, height, data: Uint16Array.from(bytes, (code) => code * 257) };
    const shrunk = await shrinkOnPool(pool, codes, small);
    expect(largest(shrunk.data, smallCopy(widened, small).data)).toBeLessThan(2);
  });

  test('witnesses lie as the photo lies, and are asked once for photos that lie alike', async () => {
    const random = createRandom(5);
    const exposures = [0, 1].map(() => pictureOf(90, 60, () => [random(), random(), random()]));
    const asSeen: Geometry = {
      ...{ width: 80, height: 50, lens: null },
      toPicture: [1, 0, 5, 0, 1, 5, 0, 0, 1],
    };
    const seen = { photo: asSeen, asSeen, views: null, pool };
    const first = await witnessesOf(exposures, 1, seen);
    const [, chosen] = exposures;
    const laid = layersOf(lumaOf(warpPicture(chosen as Picture, asSeen)));
    expect(largest(first.reference.band.data, laid.band.data)).toBeLessThan(1e-3);
    const again = await witnessesOf(exposures, 1, { ...seen, asSeen: { ...asSeen } });
    expect(first.exposures).toHaveLength(2);
    expect(first.exposures[1]).toBe(first.reference);
    expect(again.reference).toBe(first.reference);
    expect(again.exposures[0]).toBe(first.exposures[0]);
    const moved: Geometry = { ...asSeen, toPicture: [1, 0, 7, 0, 1, 5, 0, 0, 1] };
    const other = await witnessesOf(exposures, 1, { ...seen, asSeen: moved });
    expect(other.reference).not.toBe(first.reference);
  });
});

test('a tint that is taken away in part is no added cast, more of it is', () => {
  const tinted = (blue: number) => viewOf(pictureOf(60, 40, () => [0.5, 0.5, blue]));
  const strength = (blue: number) => Math.abs(Math.log2(srgbToLinear(blue) / srgbToLinear(0.5)));
  const yellow = greysOf(tinted(0.42));
  expect(castOf(tinted(0.46), yellow).castAdded).toBeCloseTo(strength(0.46) - strength(0.42), 2);
  expect(castOf(tinted(0.36), yellow).castAdded).toBeCloseTo(strength(0.36) - strength(0.42), 2);
});
