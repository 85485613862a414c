import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { balanceListing, lightOfScene } from './color/balance-listing.ts';
import { measureLight } from './color/measure-light.ts';
import { enhance } from './enhance.ts';
import type { Picture } from './pixels/picture.ts';
import type { InputFrame } from './steps/step.ts';
import { makeBracket } from './testing/pictures.ts';
import { pixelsOf } from './testing/pixels-of.ts';

/** The largest difference between the channels of a pixel, in codes. */
function largestTint(codes: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < codes.length; i += 3) {
    const [red, green, blue] = [codes[i], codes[i + 1], codes[i + 2]] as [number, number, number];
    largest = Math.max(largest, Math.max(red, green, blue) - Math.min(red, green, blue));
  }
  return largest;
}

/** A warm room, photographed without colour. */
async function greyBracket(space: 'srgb' | 'b-w'): Promise<InputFrame[]> {
  const frames = await makeBracket({ width: 360, height: 240, light: [1.25, 1, 0.75] });
  return await Promise.all(
    frames.map(async ({ name, bytes }) => ({
      name,
      bytes: await sharp(bytes).greyscale().toColourspace(space).jpeg({ quality: 95 }).toBuffer(),
    })),
  );
}

/** What the rest of a listing in lamplight would have a photo balanced by. */
const LISTING = { lightRed: 0.4, lightBlue: -0.8, lightWeight: 1 };

describe('a black and white photo', { timeout: 60_000 }, () => {
  it.each([
    ['stored in three channels', 'srgb', 'natural', {}],
    ['stored in one channel', 'b-w', 'bright', {}],
    ['in a listing of warm ones', 'srgb', 'luxury', LISTING],
  ] as const)('%s stays so', async (_, space, preset, whiteBalance) => {
    const { image, previews, report } = await enhance(await greyBracket(space), {
      preset,
      steps: { whiteBalance, sharpen: { amount: 2 } },
      output: { format: 'png' },
      previews: [{ name: 'small', maxWidth: 200, format: 'png' }],
    });
    for (const { bytes } of [image, ...previews])
      expect(largestTint(await pixelsOf(bytes))).toBe(0);
    expect(report.steps.find(({ name }) => name === 'whiteBalance')).toEqual({
      name: 'whiteBalance',
      ran: false,
      reason: 'The photo is black and white, and stays so.',
    });
    expect(report.fallbacks).toEqual([]);
  });

  it('has no say in the light of a listing', () => {
    const grey: Picture = {
      width: 64,
      height: 48,
      data: new Uint16Array(64 * 48 * 3).fill(30_000),
    };
    const warm = { lightRed: 0.3, lightBlue: -0.5, lightSigma: 0.1, outdoors: false };
    const [, first] = balanceListing([lightOfScene([measureLight(grey)]), warm, warm]);
    expect(first?.lightRed).toBeCloseTo(0.3, 3);
    expect(first?.lightBlue).toBeCloseTo(-0.5, 3);
  });
});

async function flat(name: string, code: number): Promise<InputFrame> {
  const background = { r: code, g: code, b: code };
  const create = { width: 96, height: 64, channels: 3, background } as const;
  return { name, bytes: await sharp({ create }).png().toBuffer() };
}

describe('exposures that show nothing', { timeout: 60_000 }, () => {
  it.each([
    ['black', [0], '"0.png" is black'],
    ['white', [255], '"0.png" is white'],
    ['grey', [128], '"0.png" is an even surface'],
    ['all black', [0, 1, 3], '"0.png" is black, "1.png" is black, "2.png" is black'],
    ['black and white', [0, 255], '"0.png" is black, "1.png" is white'],
  ])('are said to: %s', async (_, codes, words) => {
    const frames = await Promise.all(codes.map((code, i) => flat(`${i}.png`, code)));
    const { report } = await enhance(frames);
    expect(report.warnings.find(({ code }) => code === 'nothing_shown')?.message).toBe(
      `There is nothing to be seen: ${words}. The result shows nothing either. Check the lens cap and the exposure, and shoot again.`,
    );
  });

  it('are not told of beside one that shows the room, but are left out', async () => {
    const [room] = await makeBracket({ width: 96, height: 64, evs: [-3] });
    if (room === undefined) throw new Error('brackets have frames');
    for (const frames of [[room], [room, await flat('black.png', 0)]]) {
      const { report } = await enhance(frames);
      expect(report.warnings.map(({ code }) => code)).not.toContain('nothing_shown');
    }
  });
});
