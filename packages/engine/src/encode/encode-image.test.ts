import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { builtInProfile } from '../frames/built-in-profile.ts';
import { kindOfProfile } from '../frames/color-profile.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { createRandom } from '../testing/random.ts';
import { encodeWithin } from './byte-budget.ts';
import { DELIVERIES } from './deliveries.ts';
import {
  type EncodeSettings,
  encodeImage,
  type Picture8,
  previewSettings,
} from './encode-image.ts';

const PLAIN: EncodeSettings = {
  name: 'x',
  format: 'jpeg',
  quality: 92,
  maxWidth: null,
  maxHeight: null,
  chroma: '4:4:4',
};

/** Soft blotches with grain: weighs about as much as a photo. */
function blotches(width: number, height: number, grain = 12): Picture8 {
  const random = createRandom(9);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const base = 120 + 60 * Math.sin(x / 37) * Math.cos(y / 29);
      for (let c = 0; c < 3; c++)
        data[(y * width + x) * 3 + c] = base + c * 12 + (random() - 0.5) * 2 * grain;
    }
  }
  return { width, height, data };
}

function flat(color: readonly number[], gamut: 'srgb' | 'p3'): Picture8 {
  const data = new Uint8Array(32 * 24 * 3);
  for (let i = 0; i < data.length; i++) data[i] = color[i % 3] ?? 0;
  return { width: 32, height: 24, data, gamut };
}

async function storedColor(bytes: Uint8Array): Promise<number[]> {
  return [...(await sharp(bytes, { ignoreIcc: true }).raw().toBuffer()).subarray(0, 3)];
}

async function profileOf(bytes: Uint8Array): Promise<string> {
  return kindOfProfile((await sharp(bytes).metadata()).icc ?? new Uint8Array(0), 3);
}

describe('the size of a file', () => {
  const picture = blotches(600, 400);
  it.each([
    [null, null, undefined, [600, 400]],
    [300, null, undefined, [300, 200]],
    [300, 100, undefined, [150, 100]],
    [900, 900, undefined, [600, 400]],
    [200, 200, 'cover', [200, 200]],
    [100, 200, 'cover', [100, 200]],
    [500, 500, 'cover', [400, 400]],
    [1200, 630, 'cover', [600, 315]],
  ] as const)('within %j x %j, %s', async (maxWidth, maxHeight, fit, expected) => {
    const settings = { ...PLAIN, maxWidth, maxHeight, ...(fit && { fit }) };
    const image = await encodeImage(picture, settings);
    expect([image.width, image.height]).toEqual(expected);
    const { width, height } = await sharp(image.bytes).metadata();
    expect([width, height]).toEqual(expected);
  });

  it('is cut around the middle', async () => {
    const { data } = blotches(90, 30, 0);
    for (let i = 0; i < 90 * 30; i++)
      data.fill(i % 90 >= 30 && i % 90 < 60 ? 250 : 5, i * 3, i * 3 + 3);
    const settings = {
      ...PLAIN,
      format: 'png',
      maxWidth: 30,
      maxHeight: 30,
      fit: 'cover',
    } as const;
    const { bytes } = await encodeImage({ width: 90, height: 30, data }, settings);
    expect(new Set(await sharp(bytes).raw().toBuffer())).toEqual(new Set([250]));
  });

  it('is that of turned paper for a photo that stands', async () => {
    const standing = blotches(400, 600);
    const paper = { ...PLAIN, maxWidth: 300, maxHeight: 200, turns: true };
    const image = await encodeImage(standing, paper);
    expect([image.width, image.height]).toEqual([200, 300]);
  });

  it('takes pixels in shared memory as they are', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(picture.data.length));
    shared.set(picture.data);
    const [ours, theirs] = [
      await encodeImage({ ...picture, data: shared }, PLAIN),
      await encodeImage(picture, PLAIN),
    ];
    expect(Buffer.compare(ours.bytes, theirs.bytes)).toBe(0);
  });

  it('gives the same bytes again', async () => {
    const settings = { ...PLAIN, maxBytes: 30_000, thorough: true };
    const [first, second] = [
      await encodeImage(picture, settings),
      await encodeImage(picture, settings),
    ];
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });
});

describe('the colours of a file', () => {
  it('stay as they are in sRGB', async () => {
    const { bytes } = await encodeImage(flat([200, 100, 50], 'srgb'), { ...PLAIN, format: 'png' });
    expect(await storedColor(bytes)).toEqual([200, 100, 50]);
    expect(await profileOf(bytes)).toBe('srgb');
  });

  it('are brought from Display P3 to sRGB, where most screens are', async () => {
    for (const format of ['png', 'webp', 'jpeg'] as const) {
      const { bytes } = await encodeImage(flat([187, 105, 62], 'p3'), { ...PLAIN, format });
      const stored = await storedColor(bytes);
      // By hand: the way back of 200, 100, 50 in sRGB.
      for (const [index, code] of [200, 100, 50].entries())
        expect(Math.abs((stored[index] ?? 0) - code), `${format} ${stored}`).toBeLessThan(5);
      expect(await profileOf(bytes)).toBe('srgb');
      expect(Buffer.from(bytes).toString('latin1').split('acsp')).toHaveLength(
        format === 'png' ? 1 : 2,
      );
    }
  });

  it('stay wide where that is asked for and there is something to show', async () => {
    const wide = { ...PLAIN, format: 'png', gamut: 'p3' } as const;
    const kept = await encodeImage(flat([187, 105, 62], 'p3'), wide);
    expect(await storedColor(kept.bytes)).toEqual([187, 105, 62]);
    expect(await profileOf(kept.bytes)).toBe('p3');
    const plain = await encodeImage(flat([187, 105, 62], 'srgb'), wide);
    expect(await storedColor(plain.bytes)).toEqual([187, 105, 62]);
    expect(await profileOf(plain.bytes)).toBe('srgb');
    expect((await builtInProfile('p3')).length).toBeGreaterThan(300);
  });

  it('are the same under a budget', async () => {
    const settings = { ...PLAIN, gamut: 'p3', maxBytes: 10_000 } as const;
    const { bytes } = await encodeImage(flat([187, 105, 62], 'p3'), settings);
    expect(await profileOf(bytes)).toBe('p3');
    const [red = 0] = await storedColor(bytes);
    expect(Math.abs(red - 187)).toBeLessThan(3);
  });
});

describe('a budget of bytes', { timeout: 20_000 }, () => {
  const picture = blotches(640, 480);

  it('is left alone by a file that fits at once', async () => {
    const free = await encodeImage(picture, PLAIN);
    const limited = await encodeImage(picture, { ...PLAIN, maxBytes: 10_000_000 });
    expect(Buffer.compare(free.bytes, limited.bytes)).toBe(0);
  });

  it.each([120_000, 90_000, 60_000])(
    'of %i is kept and nearly filled by a lower quality',
    async (maxBytes) => {
      const image = await encodeImage(picture, { ...PLAIN, maxBytes });
      expect([image.width, image.height]).toEqual([640, 480]);
      expect(image.bytes.length).toBeLessThanOrEqual(maxBytes);
      expect(image.bytes.length).toBeGreaterThan(0.8 * maxBytes);
    },
  );

  it('is kept by fewer pixels when no quality will do', async () => {
    const image = await encodeImage(picture, { ...PLAIN, maxBytes: 15_000 });
    expect(image.bytes.length).toBeLessThanOrEqual(15_000);
    expect(image.width).toBeLessThan(600);
    expect(image.width / image.height).toBeCloseTo(4 / 3, 1);
  });

  it('is refused when nothing will do', async () => {
    const tiny = { name: 'mls', maxBytes: 10_000, quality: 80, shortestSide: 130 };
    const heavy = {
      name: 'mls',
      format: 'jpeg',
      width: 1,
      height: 1,
      bytes: new Uint8Array(50_000),
    } as const;
    await expect(encodeWithin(async () => heavy, tiny)).rejects.toMatchObject({
      code: 'invalid_options',
      message: '"mls" cannot be made as small as 10 kB. Please allow more bytes.',
    });
  });

  /** Files that grow by a steady share with each step of quality. */
  async function search(
    maxBytes: number,
    growth: number,
  ): Promise<{ tried: number[]; quality: number }> {
    const tried: number[] = [];
    const image = await encodeWithin(
      async ({ quality, scale }) => {
        tried.push(quality);
        const bytes = Math.round(100_000 * Math.exp((quality - 80) * growth) * scale * scale);
        return {
          name: '',
          format: 'jpeg',
          width: quality,
          height: 1,
          bytes: new Uint8Array(bytes),
        };
      },
      { name: 'x', maxBytes, quality: 92, shortestSide: 1000 },
    );
    return { tried, quality: image.width };
  }

  it.each([
    [200_000, 0.04],
    [100_000, 0.04],
    [99_000, 0.025],
    [100_000, 0.08],
    [60_000, 0.03],
    [45_000, 0.05],
  ])('finds the best quality for %i bytes in a few tries', async (maxBytes, growth) => {
    const { tried, quality } = await search(maxBytes, growth);
    const bytes = (of: number): number => Math.round(100_000 * Math.exp((of - 80) * growth));
    expect(tried.length).toBeLessThanOrEqual(6);
    expect(bytes(quality)).toBeLessThanOrEqual(maxBytes);
    if (quality < 92)
      expect(
        Math.max(bytes(quality) / maxBytes, bytes(quality + 1) > maxBytes ? 1 : 0),
      ).toBeGreaterThan(0.92);
  });
});

describe('deliveries', { timeout: 20_000 }, () => {
  const picture = blotches(1320, 990, 4);

  // Of the rest, nothing is different but numbers.
  const telling = [
    'mls-smartmls',
    'mls-paragon',
    'print-a4',
    'social-square',
    'social-story',
  ] as const;

  it.each(telling)('%s keeps to its own rules', async (delivery) => {
    const [preview] = resolveOptions({ previews: [{ name: delivery, delivery }] }).previews;
    if (preview === undefined) throw new Error('there is one');
    const rules = DELIVERIES[delivery];
    const image = await encodeImage(picture, previewSettings(preview));
    expect(image.width).toBeLessThanOrEqual(rules.maxWidth);
    expect(image.height).toBeLessThanOrEqual(rules.maxHeight);
    if (rules.maxBytes !== null) expect(image.bytes.length).toBeLessThanOrEqual(rules.maxBytes);
    if (rules.fit === 'cover')
      expect(image.width / image.height).toBeCloseTo(rules.maxWidth / rules.maxHeight, 2);
    const { density } = await sharp(image.bytes).metadata();
    if (rules.density !== null) expect(density).toBe(rules.density);
  });

  it('may be changed in single numbers, and resolve to themselves', () => {
    const once = resolveOptions({
      previews: [{ name: 'a', delivery: 'mls-paragon', maxBytes: 100_000 }],
    });
    expect(once.previews[0]).toEqual({
      name: 'a',
      delivery: 'mls-paragon',
      maxWidth: 1280,
      maxHeight: 960,
      maxBytes: 100_000,
      format: 'jpeg',
      quality: 88,
    });
    expect(resolveOptions(once)).toEqual(once);
  });
});

describe('sharpening for the size', () => {
  const settings = resolveOptions().steps.sharpen;
  const wide = { ...PLAIN, format: 'png', maxWidth: 200 } as const;
  /** Bare on the left; on the right stripes that are four pixels wide when they are reduced to a third. */
  function stripes(): Picture8 {
    const data = new Uint8Array(600 * 60 * 3);
    for (let i = 0; i < 600 * 60; i++) {
      const x = i % 600;
      const value = x < 300 ? 128 : 128 + 30 * Math.sin((2 * Math.PI * (x + 0.5)) / 12);
      data.fill(value, i * 3, i * 3 + 3);
    }
    return { width: 600, height: 60, data };
  }
  async function rowOf({ bytes }: { bytes: Uint8Array }): Promise<number[]> {
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    return Array.from({ length: info.width }, (_, x) => data[(10 * info.width + x) * 3] ?? 0);
  }
  const swing = (row: number[]): number =>
    Math.max(...row.slice(110)) - Math.min(...row.slice(110));

  it('brings detail of a reduced picture out, no further than the cap, and leaves bare walls alone', async () => {
    const plain = await rowOf(await encodeImage(stripes(), wide));
    const sharpening = { settings, noise: 0 };
    const crisp = await rowOf(await encodeImage(stripes(), { ...wide, sharpening }));
    expect(swing(crisp)).toBeGreaterThan(1.05 * swing(plain));
    expect(swing(crisp)).toBeLessThanOrEqual(swing(plain) + 2 * Math.ceil(255 * settings.haloCap));
    expect(crisp.slice(0, 95)).toEqual(plain.slice(0, 95));
  });

  it('leaves a picture alone that is not reduced, and noise', async () => {
    const own = { ...wide, maxWidth: null };
    const plain = await encodeImage(stripes(), own);
    const same = await encodeImage(stripes(), { ...own, sharpening: { settings, noise: 0 } });
    expect(same.bytes).toEqual(plain.bytes);
    // 10 levels of noise at a third of the size: details below 2 x 10 / 3 = 6.7 levels are left alone.
    const noisy = blotches(600, 60, 8);
    const sharpening = { settings, noise: 10 / 255 };
    const reduced = await encodeImage(noisy, wide);
    expect((await encodeImage(noisy, { ...wide, sharpening })).bytes).toEqual(reduced.bytes);
  });

  it('keeps to a budget of bytes with it', async () => {
    const budget = { ...wide, format: 'jpeg', maxBytes: 9_000 } as const;
    const sharpening = { settings, noise: 0 };
    const { bytes, width } = await encodeImage(blotches(600, 400, 30), { ...budget, sharpening });
    expect(bytes.length).toBeLessThanOrEqual(9_000);
    expect(width).toBe(200);
  });
});
