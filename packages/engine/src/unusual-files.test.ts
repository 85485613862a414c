import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { enhance } from './enhance.ts';
import { readFrameInfo } from './frames/read-frame-info.ts';
import {
  animatedWebp,
  cmykJpeg,
  stripPicture,
  tiff16,
  turnedJpegWithGps,
} from './testing/pictures.ts';
import { pixelsOf } from './testing/pixels-of.ts';

describe('unusual files', { timeout: 30_000 }, () => {
  it('turns an upright photo upright and drops its GPS position', async () => {
    const frame = await turnedJpegWithGps();
    expect((await sharp(frame.bytes).metadata()).exif).toBeDefined();
    const { image } = await enhance([frame]);
    expect([image.width, image.height]).toEqual([64, 96]);
    expect((await readFrameInfo(image.bytes)).orientation).toBe(1);
    expect(Buffer.from(image.bytes).includes('GPS')).toBe(false);
  });

  it('keeps the 16 bits of a TIFF', async () => {
    const { report } = await enhance([await tiff16()]);
    expect(report.steps[0]).toMatchObject({ name: 'decode', facts: { bits: 16 } });
  });

  it('takes CMYK as the same room in RGB', async () => {
    const off = {
      steps: { merge: false, whiteBalance: false, tone: false, sharpen: false },
      output: { format: 'png' as const },
    };
    const [print, screen] = [
      await enhance([await cmykJpeg()], off),
      await enhance([await tiff16()], off),
    ];
    const [a, b] = [await pixelsOf(print.image.bytes), await pixelsOf(screen.image.bytes)];
    const difference =
      a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
    expect(difference).toBeLessThan(25);
  });

  it('takes the first page of an animation', async () => {
    const { image } = await enhance([await animatedWebp()], {
      steps: { merge: false, whiteBalance: false, tone: false, sharpen: false },
    });
    const { channels } = await sharp(image.bytes).stats();
    expect([image.width, image.height]).toEqual([96, 64]);
    expect(channels[1]?.mean).toBeGreaterThan(40);
  });

  it('lays transparency on white', async () => {
    const bytes = await sharp({
      create: { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    const { image } = await enhance([{ name: 'clear.png', bytes }], { output: { format: 'png' } });
    expect(Math.min(...(await pixelsOf(image.bytes)))).toBe(255);
  });
});

describe('pictures far longer than wide', { timeout: 60_000 }, () => {
  it.each([
    [16, 20_000],
    [20_000, 16],
  ])('%i x %i comes out as bright as any other', async (width, height) => {
    const { image, report } = await enhance([await stripPicture(width, height)]);
    expect([image.width, image.height]).toEqual([width, height]);
    expect(report.measurements.meanLuma).toBeGreaterThan(0.35);
    const { channels } = await sharp(image.bytes).stats();
    for (const channel of channels) expect(channel.mean).toBeGreaterThan(60);
  });

  it.each([
    [125, 20_000, [26, 4096]],
    [20_000, 125, [4096, 26]],
  ])('%i x %i gets previews that can be shown', async (width, height, size) => {
    const { image, previews } = await enhance([await stripPicture(width, height)], {
      output: { format: 'webp' },
      previews: [
        { name: 'web', maxWidth: 20_000, format: 'webp' },
        { name: 'thumb', maxWidth: 60, format: 'webp' },
      ],
      steps: { merge: false, tone: false, sharpen: false },
    });
    expect([previews[0]?.width, previews[0]?.height]).toEqual(size);
    expect(Math.max(previews[1]?.width ?? 0, previews[1]?.height ?? 0)).toBeLessThanOrEqual(4096);
    // WebP itself ends at 16,383 pixels a side.
    expect(Math.max(image.width, image.height)).toBe(16_383);
  });
});
