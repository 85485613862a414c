import { describe, expect, it } from 'vitest';
import { createPlane, type Picture } from '../pixels/picture.ts';
import { linearToSrgb } from '../pixels/srgb.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { createRandom } from '../testing/random.ts';
import { denoisePicture } from './apply-denoise.ts';
import { measureNoise, tilesOf } from './measure-noise.ts';
import { planDenoise, type Smoothing } from './plan-denoise.ts';
import { smoothPlane } from './smooth-plane.ts';

const [WIDTH, HEIGHT] = [480, 320];

/** Sum of twelve uniform numbers: a bell of mean 0 and deviation 1. */
function createBell(seed: number): () => number {
  const random = createRandom(seed);
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  };
}

/** The test room without and with noise (standard deviation of each channel, of 255). */
function rooms(sigma: number): { clean: Picture; noisy: Picture } {
  const { radiance } = renderInterior(WIDTH, HEIGHT, 3);
  const bell = createBell(9);
  const clean = Uint16Array.from(radiance, (light) => linearToSrgb(Math.min(1, light)) * 65_535);
  const noisy = clean.map((code) =>
    Math.min(65_535, Math.max(0, Math.round(code / 257 + sigma * bell()) * 257)),
  );
  const size = { width: WIDTH, height: HEIGHT };
  return { clean: { ...size, data: clean }, noisy: { ...size, data: noisy } };
}

function psnr(a: Picture, b: Picture): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (((a.data[i] ?? 0) - (b.data[i] ?? 0)) / 257) ** 2;
  return 10 * Math.log10((255 * 255) / (sum / a.data.length));
}

/** Contrast of a picture at the edges of another, as a share of what it is there. */
function edgesKept(picture: Picture, clean: Picture): number {
  const luma = ({ data }: Picture, i: number): number =>
    (0.2126 * (data[i * 3] ?? 0) +
      0.7152 * (data[i * 3 + 1] ?? 0) +
      0.0722 * (data[i * 3 + 2] ?? 0)) /
    257;
  let [is, was] = [0, 0];
  for (let i = 1; i < WIDTH * HEIGHT - 1; i++) {
    const step = luma(clean, i + 1) - luma(clean, i - 1);
    if (Math.abs(step) < 30 || i % WIDTH === 0) continue;
    was += Math.abs(step);
    is += Math.sign(step) * (luma(picture, i + 1) - luma(picture, i - 1));
  }
  return is / was;
}

const measured = (plane: ReturnType<typeof createPlane>) =>
  measureNoise({
    ...{ width: plane.width, height: plane.height, luma: tilesOf(plane) },
    cb: (_, into) => into.fill(0),
    cr: (_, into) => into.fill(0),
  });

function planeOf(width: number, height: number, value: (x: number, y: number) => number) {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = value(i % width, Math.floor(i / width));
  return plane;
}

describe('measuring noise', () => {
  it.each([2, 5, 10])('finds a deviation of %i on a ramp', (sigma) => {
    const bell = createBell(4);
    const plane = planeOf(512, 384, (x) => 0.2 + x / 1000 + (sigma / 255) * bell());
    const { luma } = measured(plane);
    // The flattest tenth of the squares scatters below the mean.
    expect(luma * 255).toBeGreaterThan(0.9 * sigma);
    expect(luma * 255).toBeLessThan(1.02 * sigma);
  });

  it('does not take texture beside flat walls for noise', () => {
    const random = createRandom(5);
    const plane = planeOf(512, 384, (x) => (x < 128 ? 0.6 : 0.5 + 0.2 * random()));
    expect(measured(plane).luma * 255).toBeLessThan(0.1);
  });

  it('knows that shadows are noisier than lights', () => {
    const bell = createBell(6);
    const plane = planeOf(640, 384, (x) =>
      x < 320 ? 0.2 + (8 / 255) * bell() : 0.8 + (5 / 255) * bell(),
    );
    const { byLevel } = measured(plane);
    expect((byLevel[1] ?? 0) * 255).toBeCloseTo(7.6, 0);
    expect((byLevel[6] ?? 0) * 255).toBeCloseTo(4.8, 0);
    // Levels that do not occur are like the nearest that does.
    expect(byLevel[0]).toBe(byLevel[1]);
    expect(byLevel[7]).toBe(byLevel[6]);
  });

  it.each([
    [1, 1],
    [31, 400],
    [64, 64],
  ])('finds none where %i x %i pixels are too few or clipped', (width, height) => {
    expect(measured(planeOf(width, height, () => 1)).luma).toBe(0);
  });
});

describe('smoothing a plane', () => {
  const smoothing = (sigma: number, changes: Partial<Smoothing> = {}): Smoothing => ({
    ...{ radius: 2, variances: new Float32Array(65).fill(sigma * sigma), strength: 1 },
    ...changes,
  });

  it('makes a noisy wall flat', () => {
    const bell = createBell(3);
    const wall = planeOf(64, 64, () => 0.5 + 0.02 * bell());
    const { data } = smoothPlane(wall, smoothing(0.02), 0.5);
    const deviation = Math.sqrt(data.reduce((sum, v) => sum + (v - 0.5) ** 2, 0) / data.length);
    expect(deviation).toBeLessThan(0.02 / 2.5);
  });

  it('keeps a step far above the noise, and a plane without noise as it is', () => {
    const step = planeOf(40, 20, (x) => (x < 20 ? 0.2 : 0.8));
    const kept = smoothPlane(step, smoothing(0.02), 0.5);
    for (let i = 0; i < step.data.length; i++)
      expect(Math.abs((kept.data[i] ?? 0) - (step.data[i] ?? 0))).toBeLessThan(0.01);
    const random = createRandom(2);
    const weave = planeOf(40, 20, () => random());
    const same = smoothPlane(weave, smoothing(0), 0.5);
    for (let i = 0; i < weave.data.length; i++)
      expect(same.data[i]).toBeCloseTo(weave.data[i] ?? 0, 5);
  });

  it('smooths only where its table says there is noise', () => {
    const random = createRandom(2);
    const grain = planeOf(60, 40, (x) => (x < 30 ? 0.1 : 0.9) + 0.02 * random());
    const variances = Float32Array.from({ length: 65 }, (_, i) => (i < 32 ? 0.0004 : 0));
    const { data } = smoothPlane(grain, smoothing(0, { variances }), 0.5);
    const range = (from: number): number => {
      const row = data.subarray(20 * 60 + from, 20 * 60 + from + 16);
      return Math.max(...row) - Math.min(...row);
    };
    expect(range(4)).toBeLessThan(0.006);
    expect(range(40)).toBeGreaterThan(0.014);
  });

  it('makes the share of the change that is asked for', () => {
    const spot = planeOf(9, 9, (x, y) => (x === 4 && y === 4 ? 0.52 : 0.5));
    const at = (strength: number): number =>
      smoothPlane(spot, smoothing(1, { strength }), 0.5).data[40] ?? 0;
    // All gains are 0: the mean of 5 x 5 means of 5 x 5, each of which holds the spot once.
    expect(at(1)).toBeCloseTo(0.5 + 0.02 / 25, 6);
    expect(at(0.5)).toBeCloseTo(0.51 + 0.01 / 25, 6);
  });
});

describe('a noisy room', () => {
  it.each([4, 8, 12])('at %i of 255 gains more than 2 dB and keeps its edges', (sigma) => {
    const { clean, noisy } = rooms(sigma);
    const { picture } = denoisePicture(noisy);
    expect(psnr(picture, clean)).toBeGreaterThan(psnr(noisy, clean) + 2.4);
    expect(edgesKept(picture, clean)).toBeGreaterThan(0.95);
  });

  it('is left alone when it is clean', () => {
    const { noisy } = rooms(1);
    expect(denoisePicture(noisy).picture).toBe(noisy);
  });

  it('loses coloured blotches before grain', () => {
    const { noisy } = rooms(2.9);
    const { plan } = denoisePicture(noisy);
    expect(plan?.luma?.strength).toBeLessThan(0.2);
    expect(plan?.cb).toBe(null);
    const { plan: more } = denoisePicture(rooms(6).noisy);
    expect(more?.cb?.strength).toBe(1);
    expect(more?.luma?.strength).toBeLessThan(1);
  });
});

describe('odd pictures', () => {
  it.each([
    [1, 1],
    [3, 200],
    [200, 2],
  ])('%i x %i pixels have nothing to measure', (width, height) => {
    const picture = pictureOf(width, height, (x, y) => [((x + y) % 2) * 0.8, 0.5, 0.2]);
    expect(denoisePicture(picture)).toEqual({ picture, plan: null });
  });

  it('plans nothing for black and white', () => {
    for (const value of [0, 1]) {
      const picture = pictureOf(128, 128, () => [value, value, value]);
      expect(denoisePicture(picture).plan).toBe(null);
    }
    const source = { width: 0, height: 0, luma: tilesOf(createPlane(0, 0)) };
    expect(planDenoise({ ...source, cb: source.luma, cr: source.luma })).toBe(null);
  });
});
