import { afterAll, beforeAll, expect, test } from 'vitest';
import { splitPicture } from '../merge/ycc.ts';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createPlane, lumaOf as lumaOfPicture, type Plane } from '../pixels/picture.ts';
import { expandRow, gaussianPyramid } from '../pixels/pyramid.ts';
import { createRandom } from '../testing/random.ts';
import { Canvas } from './canvas.ts';
import { loadFrame } from './load-frame.ts';
import { createMerger } from './merge.ts';
import { type PackedLayer, packLayers } from './pack-layers.ts';
import { ONE, readPlane } from './planes.ts';
import { toCodes } from './to-codes.ts';

let pool: Pool;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
});

afterAll(async () => {
  await pool.stop();
});

/** Soft shapes with some grain: everything a pyramid has to carry. */
function codesOf(width: number, height: number, seed: number): Uint8Array {
  const random = createRandom(seed);
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    const wave = Math.sin((x * (seed + 2)) / 9 + (i % 3)) * Math.cos((y * seed) / 7);
    return Math.round(128 + 90 * wave + 30 * (random() - 0.5));
  });
}

/** Y, Cb and Cr of a pixel, from the definition of Rec. 709. */
function yccOf(r: number, g: number, b: number): [number, number, number] {
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return [y, (b - y) / 1.8556, (r - y) / 1.5748];
}

function lumaOf(codes: Uint8Array, width: number, height: number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = yccOf(codes[i * 3] ?? 0, codes[i * 3 + 1] ?? 0, codes[i * 3 + 2] ?? 0)[0] / 255;
  return plane;
}

test.each([
  [64, 48],
  [61, 47],
  [17, 33],
  [16, 2],
  [1, 1],
])('codes of %i x %i pixels become luma and halved chroma', async (width, height) => {
  const codes = codesOf(width, height, 3);
  const merger = createMerger(pool, { width, height, scale: 1, levels: 1 });
  await loadFrame(pool, { data: codes, width, left: 0, top: 0 }, merger.frame);
  const { y, cb, cr } = merger.frame;
  const planes = [
    readPlane(pool.arena, y, ONE),
    readPlane(pool.arena, cb, ONE),
    readPlane(pool.arena, cr, ONE),
  ];
  const expected = lumaOf(codes, width, height);
  for (const [i, value] of expected.data.entries())
    expect(Math.abs((planes[0]?.data[i] ?? 9) - value)).toBeLessThan(0.0002);
  for (let v = 0; v < cb.height; v++) {
    for (let u = 0; u < cb.width; u++) {
      const sums = [0, 0, 0];
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const) {
        const [px, py] = [Math.min(width - 1, 2 * u + dx), Math.min(height - 1, 2 * v + dy)];
        for (let c = 0; c < 3; c++)
          sums[c] = (sums[c] ?? 0) + (codes[(py * width + px) * 3 + c] ?? 0);
      }
      const [, blue, red] = yccOf(
        (sums[0] ?? 0) / 1020,
        (sums[1] ?? 0) / 1020,
        (sums[2] ?? 0) / 1020,
      );
      expect(Math.abs((planes[1]?.data[v * cb.width + u] ?? 9) - blue)).toBeLessThan(0.0003);
      expect(Math.abs((planes[2]?.data[v * cb.width + u] ?? 9) - red)).toBeLessThan(0.0003);
    }
  }
});

test.each([
  [64, 6],
  [37, 21],
  [16, 3],
  [1, 1],
])('16-bit codes of %i x %i pixels become planes as in plain code', async (width, height) => {
  const random = createRandom(width);
  const data = Uint16Array.from({ length: width * height * 3 }, () => 65_536 * random());
  data.fill(65_535, 0, 3);
  const picture = { width, height, data };
  const plain = splitPicture(picture, lumaOfPicture(picture), null);
  const merger = createMerger(pool, { width, height, scale: 1, levels: 1 });
  await loadFrame(pool, { data, width, left: 0, top: 0 }, merger.frame);
  for (const channel of ['y', 'cb', 'cr'] as const) {
    const plane = readPlane(pool.arena, merger.frame[channel], ONE);
    for (const [i, value] of plane.data.entries())
      expect(Math.abs(value - (plain[channel].data[i] ?? 9))).toBeLessThan(1 / ONE);
  }
});

test('16-bit codes become the same planes as 8-bit ones', async () => {
  const [width, height] = [37, 21];
  const codes = codesOf(width, height, 5);
  const deep = Uint16Array.from(codes, (code) => code * 257);
  const merger = createMerger(pool, { width, height, scale: 1, levels: 1 });
  const read = () => {
    const { y, cb, cr } = merger.frame;
    return [y, cb, cr].flatMap((plane) => [...readPlane(pool.arena, plane, 1).data]);
  };
  await loadFrame(pool, { data: codes, width, left: 0, top: 0 }, merger.frame);
  const shallow = read();
  await loadFrame(pool, { data: deep, width, left: 0, top: 0 }, merger.frame);
  for (const [i, value] of read().entries())
    expect(Math.abs(value - (shallow[i] ?? 0))).toBeLessThan(2);
});

function layerOf(weights: readonly Plane[]): PackedLayer {
  const [layer] = packLayers({ scale: 1, layers: [{ source: 0, curve: null, weights }] });
  return layer as PackedLayer;
}

/** The same sum in floats: Laplacian levels weighted and put together again. */
function plainBlend(
  frames: readonly Plane[],
  weights: readonly (readonly Plane[])[],
  levels: number,
): Plane {
  let result: Plane | null = null;
  for (let level = levels - 1; level >= 0; level--) {
    const sums: Plane[] = [];
    for (const [k, frame] of frames.entries()) {
      const pyramid = gaussianPyramid(frame, levels);
      const fine = pyramid[level] as Plane;
      const expanded = expand(pyramid[level + 1] ?? null, fine);
      const weighted = createPlane(fine.width, fine.height);
      for (let i = 0; i < fine.data.length; i++)
        weighted.data[i] =
          (weights[k]?.[level]?.data[i] ?? 0) * ((fine.data[i] ?? 0) - (expanded.data[i] ?? 0));
      sums.push(weighted);
    }
    const [first] = sums as [Plane];
    const below = expand(result, first);
    const next = createPlane(first.width, first.height);
    for (let i = 0; i < next.data.length; i++)
      next.data[i] = sums.reduce((sum, plane) => sum + (plane.data[i] ?? 0), below.data[i] ?? 0);
    result = next;
  }
  return result as Plane;
}

function expand(coarse: Plane | null, like: Plane): Plane {
  const out = createPlane(like.width, like.height);
  if (coarse === null) return out;
  const column = new Float32Array(coarse.width);
  for (let y = 0; y < like.height; y++)
    expandRow(coarse, y, { into: out.data.subarray(y * like.width, (y + 1) * like.width), column });
  return out;
}

test.each([
  [128, 96],
  [75, 53],
])('blends %i x %i pixels as the plain pyramids do', async (width, height) => {
  const levels = 5;
  const codes = [codesOf(width, height, 1), codesOf(width, height, 2)];
  const lumas = codes.map((data) => lumaOf(data, width, height));
  const base = createPlane(width, height);
  for (let i = 0; i < base.data.length; i++)
    base.data[i] = 0.5 + 0.5 * Math.sin(((i % width) + Math.floor(i / width)) / 11);
  const first = gaussianPyramid(base, levels);
  const second = first.map((plane) => ({ ...plane, data: plane.data.map((value) => 1.2 - value) }));
  const merger = createMerger(pool, { width, height, scale: 1, levels });
  for (const [k, weights] of [first, second].entries()) {
    await loadFrame(
      pool,
      { data: codes[k] ?? new Uint8Array(), width, left: 0, top: 0 },
      merger.frame,
    );
    await merger.add(layerOf(weights));
  }
  const result = readPlane(pool.arena, (await merger.finish()).y, ONE);
  const expected = plainBlend(lumas, [first, second], levels);
  const errors = result.data.map((value, i) => Math.abs(value - (expected.data[i] ?? 0)));
  // Half of an 8-bit level at most.
  expect(Math.max(...errors)).toBeLessThan(0.002);
});

test('weights of a quarter of the size are enlarged smoothly', async () => {
  const [width, height, scale] = [160, 128, 4];
  const white = new Uint8Array(width * height * 3).fill(255);
  const black = new Uint8Array(width * height * 3);
  const ramp = createPlane(width / scale, height / scale);
  for (let i = 0; i < ramp.data.length; i++)
    ramp.data[i] = ((i % ramp.width) + Math.floor(i / ramp.width)) / 80;
  const rest = { ...ramp, data: ramp.data.map((value) => 1 - value) };
  const merger = createMerger(pool, { width, height, scale, levels: 1 });
  for (const [data, plane] of [
    [white, ramp],
    [black, rest],
  ] as const) {
    await loadFrame(pool, { data, width, left: 0, top: 0 }, merger.frame);
    await merger.add(layerOf([plane]));
  }
  const { data } = readPlane(pool.arena, (await merger.finish()).y, ONE);
  for (let y = 16; y < height - 16; y += 5) {
    for (let x = 16; x < width - 16; x += 3) {
      const expected = ((x + 0.5) / scale - 0.5 + ((y + 0.5) / scale - 0.5)) / 80;
      // The coarsest level carries everything here; its grid lies 1.5 pixels beside the weights'.
      expect(Math.abs((data[y * width + x] ?? 9) - expected)).toBeLessThan(0.012);
    }
  }
});

test.each([
  [64, 48],
  [35, 27],
])('%i x %i codes come back from the planes', async (width, height) => {
  const smooth = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % width;
    return [40 + x, 200 - x, 90 + (x >> 1)][i % 3] ?? 0;
  });
  const merger = createMerger(pool, { width, height, scale: 1, levels: 1 });
  await loadFrame(pool, { data: smooth, width, left: 0, top: 0 }, merger.frame);
  const { frame, regions } = merger;
  const back = await toCodes(new Canvas(pool, frame, [regions.frame, regions.result]));
  expect(back).toHaveLength(smooth.length);
  for (const [i, code] of back.entries())
    expect(Math.abs(code - (smooth[i] ?? 0))).toBeLessThanOrEqual(1);
});

test('one thread and three give the same bytes', async () => {
  const [width, height] = [900, 700];
  const results: string[] = [];
  for (const threads of [1, 3]) {
    const own = await Pool.start(new Arena(), threads);
    const merger = createMerger(own, { width, height, scale: 1, levels: 3 });
    const weights = gaussianPyramid(
      { width, height, data: new Float32Array(width * height).fill(0.5) },
      3,
    );
    for (const seed of [7, 8]) {
      await loadFrame(
        own,
        { data: codesOf(width, height, seed), width, left: 0, top: 0 },
        merger.frame,
      );
      await merger.add(layerOf(weights));
    }
    const [photo, { regions }] = [await merger.finish(), merger];
    const codes = await toCodes(new Canvas(own, photo, [regions.result, regions.frame]));
    results.push(Buffer.from(codes).toString('base64'));
    await own.stop();
  }
  expect(results[0] === results[1]).toBe(true);
});
