import { beforeAll, describe, expect, it } from 'vitest';
import { BASE_SETTINGS } from '../options/presets.ts';
import type { FrameSource } from '../pixels/frame-source.ts';
import type { Picture } from '../pixels/picture.ts';
import { expose } from '../testing/bracket.ts';
import { sourceOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { mefSsim } from '../testing/mef-ssim.ts';
import { createRandom } from '../testing/random.ts';
import { fuse } from './fuse.ts';
import { virtualExposures } from './virtual-exposures.ts';
import { normaliseWeights, rawWeights } from './weights.ts';

const settings = BASE_SETTINGS.merge;
const go = async (): Promise<void> => undefined;
const [width, height] = [241, 163];

function bracket(evs: readonly number[]): FrameSource[] {
  const scene = renderInterior(width, height, 5);
  return evs.map((ev, index) =>
    sourceOf(expose(scene, { ev, seed: index, light: [1, 1, 1] }), width, height),
  );
}

function noise(seed: number, w: number, h: number): Uint8Array {
  const random = createRandom(seed);
  return Uint8Array.from({ length: w * h * 3 }, () => Math.floor(random() * 256));
}

/** Standard deviation of luma in a box given in shares of the picture: how much there is to see. */
function detailIn(
  read: (index: number) => number,
  box: readonly [number, number, number, number],
): number {
  const [left, top, right, bottom] = box;
  let [sum, square, count] = [0, 0, 0];
  for (let y = Math.floor(top * height); y < bottom * height; y++) {
    for (let x = Math.floor(left * width); x < right * width; x++) {
      const at = (y * width + x) * 3;
      const luma = (read(at) + read(at + 1) + read(at + 2)) / 3;
      sum += luma;
      square += luma * luma;
      count++;
    }
  }
  return Math.sqrt(square / count - (sum / count) ** 2);
}

describe('fusion weights', { timeout: 30_000 }, () => {
  it('sum to one at every pixel and are never NaN, even for black and white frames', () => {
    const black = sourceOf(new Uint8Array(40 * 30 * 3), 40, 30);
    const white = sourceOf(new Uint8Array(40 * 30 * 3).fill(255), 40, 30);
    const weights = [black, white, sourceOf(noise(1, 40, 30), 40, 30)].map((source) =>
      rawWeights(source, { ...settings, saturation: 1 }),
    );
    normaliseWeights(weights);
    for (let i = 0; i < 40 * 30; i++) {
      const sum = weights.reduce((total, plane) => total + (plane.data[i] as number), 0);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  it('prefer the frame that is exposed in the middle', () => {
    const [dark, middle] = [30, 128].map((code) =>
      rawWeights(sourceOf(new Uint8Array(8 * 8 * 3).fill(code), 8, 8), settings),
    );
    expect(middle?.data[20]).toBeGreaterThan(10 * (dark?.data[20] ?? 0));
  });
});

describe('strong colours and deep shadows', { timeout: 30_000 }, () => {
  const flat = (colors: readonly (readonly [number, number, number])[]): FrameSource[] =>
    colors.map((color) => {
      const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => color[i % 3] as number);
      return sourceOf(data, 64, 64);
    });
  const weightsOf = (sources: readonly FrameSource[]): number[] => {
    const planes = sources.map((source) => rawWeights(source, settings));
    normaliseWeights(planes);
    return planes.map((plane) => plane.data[100] as number);
  };

  it('a red that has run into full scale counts for little, though its luma is in the middle', () => {
    const [dark = 0, bright = 0] = weightsOf(
      flat([
        [150, 20, 20],
        [255, 90, 80],
      ]),
    );
    expect(bright).toBeLessThan(0.05);
    expect(dark).toBeGreaterThan(0.95);
  });

  it('frames that are black at a place leave it to the one that sees there', () => {
    const [short = 0, medium = 0, long = 0] = weightsOf(
      flat([
        [0, 0, 0],
        [0, 0, 0],
        [14, 14, 14],
      ]),
    );
    expect(short + medium).toBeLessThan(0.1);
    expect(long).toBeGreaterThan(0.9);
  });

  it('a shadow beside a bright wall is not blocked when one frame shows it', async () => {
    const scene = (shadow: number, wall: number): FrameSource => {
      const data = Uint8Array.from({ length: 96 * 96 * 3 }, (_, i) => {
        const x = Math.floor(i / 3) % 96;
        const y = Math.floor(i / 288);
        const grain = (x * 7 + y * 13) % 5;
        return Math.abs(x - 48) < 8 ? (shadow === 0 ? 0 : shadow + grain) : wall;
      });
      return sourceOf(data, 96, 96);
    };
    const { data } = await fuse([scene(0, 60), scene(0, 140), scene(12, 180)], settings, go);
    for (let x = 43; x <= 53; x++) expect(data[(48 * 96 + x) * 3]).toBeGreaterThan(257);
  });
});

describe('fusing', { timeout: 30_000 }, () => {
  it.each([
    [1, 64, 48],
    [3, 65, 47],
    [9, 33, 130],
  ])('%i identical frames of %i x %i gives the frame back within 1/255', async (count, w, h) => {
    const data = noise(count, w, h);
    const picture = await fuse(
      Array.from({ length: count }, () => sourceOf(data, w, h)),
      settings,
      go,
    );
    for (let i = 0; i < data.length; i++)
      expect(Math.abs((picture.data[i] as number) / 257 - (data[i] as number))).toBeLessThan(1);
  });

  it('works the same above the size where weights are made at half size', async () => {
    const [w, h] = [2001, 1503];
    const data = noise(4, w, h);
    const picture = await fuse([sourceOf(data, w, h), sourceOf(data, w, h)], settings, go);
    let worst = 0;
    for (let i = 0; i < data.length; i++)
      worst = Math.max(worst, Math.abs((picture.data[i] as number) / 257 - (data[i] as number)));
    expect(worst).toBeLessThan(1);
  });

  it('stays within the range of the frames at every pixel', async () => {
    const frames = bracket([-3, 0, 3]);
    const picture = await fuse(frames, settings, go);
    for (let i = 0; i < picture.data.length; i++) {
      const codes = frames.map((frame) => frame.data[i] as number);
      const value = (picture.data[i] as number) / 257;
      expect(value).toBeGreaterThan(Math.min(...codes) - 6);
      expect(value).toBeLessThan(Math.max(...codes) + 6);
    }
  });

  it('reports progress that rises to one and stops when told to', async () => {
    const seen: number[] = [];
    await fuse(bracket([0, 2]), settings, async (fraction) => void seen.push(fraction));
    expect(seen.length).toBeGreaterThan(5);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
    await expect(
      fuse(bracket([0, 2]), settings, () => Promise.reject(new Error('stop'))),
    ).rejects.toThrow('stop');
  });
});

describe('a room with a bright window', { timeout: 30_000 }, () => {
  const WINDOW_VIEW = [0.6, 0.34, 0.7, 0.52] as const;
  const SOFA = [0.08, 0.6, 0.42, 0.84] as const;
  let frames: FrameSource[];
  let fused: Picture;

  beforeAll(async () => {
    frames = bracket([-4, -2, 0, 2]);
    fused = await fuse(frames, settings, go);
  });

  it('shows more of both the view and the sofa than any single exposure shows of its weaker part', () => {
    const both = (read: (index: number) => number): number =>
      Math.min(detailIn(read, WINDOW_VIEW), detailIn(read, SOFA));
    const result = both((i) => (fused.data[i] as number) / 257);
    for (const frame of frames)
      expect(result).toBeGreaterThan(1.2 * both((i) => frame.data[i] as number));
  });

  it('scores well on MEF-SSIM, better than the mean of the exposures', () => {
    const codes = frames.map((frame) => Uint8Array.from(frame.data));
    const size = { width, height };
    const mean = Uint8Array.from(
      fused.data,
      (_, i) => codes.reduce((sum, frame) => sum + (frame[i] as number), 0) / codes.length,
    );
    const result = Uint8Array.from(fused.data, (value) => Math.round(value / 257));
    const score = mefSsim(codes, result, size);
    // The measure looks at luma alone: weights that hold a red or blue below full scale cost it a few thousandths.
    expect(score).toBeGreaterThan(0.89);
    expect(score).toBeGreaterThan(mefSsim(codes, mean, size) + 0.02);
  });
});

describe('virtual exposures of a single photo', { timeout: 30_000 }, () => {
  it('lift the shadows and leave the highlights where they are', async () => {
    const [frame] = bracket([0]);
    if (frame === undefined) throw new Error('the bracket has a frame');
    const lifted = await fuse(virtualExposures(frame, 1.2), settings, go);
    const [sofa, wall] = [
      Math.floor(0.7 * height) * width + 60,
      Math.floor(0.3 * height) * width + 125,
    ].map((pixel) => pixel * 3);
    const gain = (at = 0): number => (lifted.data[at] as number) / 257 / (frame.data[at] as number);
    expect(gain(sofa)).toBeGreaterThan(1.1);
    expect(gain(wall)).toBeLessThan(gain(sofa));
    expect(Math.max(...lifted.data.subarray(0, 3000))).toBeLessThan(65_535);
  });

  it('are only the photo itself at a lift of 0', () => {
    const [frame] = bracket([0]);
    if (frame === undefined) throw new Error('the bracket has a frame');
    expect(virtualExposures(frame, 0)).toEqual([frame]);
  });
});
