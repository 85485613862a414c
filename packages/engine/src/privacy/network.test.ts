import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Arena } from '../parallel/arena.ts';
import { Pool } from '../parallel/pool.ts';
import { createRandom } from '../testing/random.ts';
import { type Block, type FaceModel, loadFaceModel } from './face-model.ts';
import { featuresOf, readHead, type Tensor } from './network.ts';
import { runFaceNetwork } from './run-network.ts';

let pool: Pool;
let model: FaceModel;

beforeAll(async () => {
  pool = await Pool.start(new Arena(), 2);
  model = await loadFaceModel();
});

afterAll(async () => {
  await pool.stop();
});

function noise(width: number, height: number): Tensor {
  const random = createRandom(width);
  const data = Float32Array.from({ length: width * height * 3 }, () => random() * 2 - 1);
  return { width, height, channels: 3, data };
}

/** Largest difference, as a share of the largest value. */
function difference(a: Tensor, b: Tensor): number {
  expect([a.width, a.height, a.channels]).toEqual([b.width, b.height, b.channels]);
  let [apart, largest] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    apart = Math.max(apart, Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)));
    largest = Math.max(largest, Math.abs(a.data[i] ?? 0));
  }
  return apart / largest;
}

describe('the kernels', () => {
  it.each([
    [32, 32],
    [64, 96],
    [160, 32],
  ])('find in %i x %i pixels what the plain network finds', async (width, height) => {
    const picture = noise(width, height);
    const [plain, fast] = [featuresOf(model, picture), await runFaceNetwork(pool, model, picture)];
    expect(difference(plain.fine, fast.fine)).toBeLessThan(1e-5);
    expect(difference(plain.coarse, fast.coarse)).toBeLessThan(1e-5);
  });

  it('find the same to the last bit with any number of threads, and give all memory back', async () => {
    const picture = noise(96, 96);
    const once = await runFaceNetwork(pool, model, picture);
    const alone = await Pool.start(new Arena(), 1);
    const before = alone.arena.take(0);
    expect(await runFaceNetwork(alone, model, picture)).toEqual(once);
    expect(alone.arena.take(0)).toBe(before);
    await alone.stop();
  });
});

describe('the plain network', () => {
  /** A block of one channel that multiplies the pixel above by 2, left of it by 3, and adds a half. */
  const block = (changes: Partial<Block>): Block => ({
    channels: 1,
    intoChannels: 1,
    shrink: 1,
    keep: false,
    depthwise: Float32Array.of(0, 2, 0, 3, 0, 0, 0, 0, 0),
    mixing: Float32Array.of(1),
    bias: Float32Array.of(0.5),
    ...changes,
  });
  /** A stem that takes red of the pixel at the middle left of its window for the first channel. */
  const through = (blocks: readonly Block[]): number[] => {
    const weights = new Float32Array(75 * 24);
    weights[(1 * 5 + 1) * 3 * 24] = 1;
    const stem = { weights, bias: new Float32Array(24) };
    const widened = blocks.map((each) => ({
      ...each,
      channels: 24,
      intoChannels: 24,
      depthwise: Float32Array.from({ length: 9 * 24 }, (_, i) =>
        i % 24 === 0 ? (each.depthwise[i / 24] ?? 0) : 0,
      ),
      mixing: Float32Array.from({ length: 24 * 24 }, (_, i) => (i === 0 ? 1 : 0)),
      bias: Float32Array.from({ length: 24 }, (_, i) => (i === 0 ? (each.bias[0] ?? 0) : 0)),
    }));
    const red = [1, 2, 3, 4, 5, 6, 7, 8];
    const data = new Float32Array(32 * 32 * 3);
    // Pixels (2 i, 0) and (2 i, 2) become pixels (i, 0) and (i, 1) of the stem's result.
    for (const [i, value] of red.entries()) data[((i >> 2) * 2 * 32 + (i & 3) * 2) * 3] = value;
    const picture = { width: 32, height: 32, channels: 3, data };
    const { coarse } = featuresOf({ ...model, stem, blocks: widened }, picture);
    return [0, 1, coarse.width].map((pixel) => coarse.data[pixel * 24] ?? Number.NaN);
  };

  it('filters each channel, mixes and adds a bias', () => {
    // (0,0): nothing above or left. (1,0): left is 1. (0,1): above is 1.
    expect(through([block({})])).toEqual([0.5, 3.5, 2.5]);
  });

  it('adds what came in', () => {
    expect(through([block({ keep: true })])).toEqual([1.5, 5.5, 7.5]);
  });

  it('halves the size from the pixel itself on, and adds the largest of 2 x 2', () => {
    // At (0,0): right of it 2 x 2, below 5 x 3, largest of 1 2 5 6. At (1,0): 4 x 2, 7 x 3, and 8.
    expect(through([block({ shrink: 2, keep: true })])).toEqual([25.5, 37.5, 0.5]);
  });

  it('cuts off what is negative', () => {
    expect(through([block({ bias: Float32Array.of(-3) })])).toEqual([0, 0, 0]);
  });

  it('reads a head off a pixel', () => {
    const head = { outputs: 2, weights: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(5, 6) };
    const tensor = { width: 2, height: 1, channels: 2, data: Float32Array.of(0, 0, 10, 100) };
    expect(readHead(head, tensor, { pixel: 1, output: 0 })).toBe(5 + 10 + 300);
    expect(readHead(head, tensor, { pixel: 1, output: 1 })).toBe(6 + 20 + 400);
  });
});
