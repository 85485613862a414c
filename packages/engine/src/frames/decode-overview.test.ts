import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve-options.ts';
import type { Picture } from '../pixels/picture.ts';
import { reduceByMean } from '../pixels/reduce.ts';
import type { InputFrame } from '../steps/step.ts';
import { displacement, HALVES } from '../testing/displacement.ts';
import { profiledJpeg, truncatedJpeg } from '../testing/pictures.ts';
import { decodeFrame } from './decode-frame.ts';
import { decodeOverview } from './decode-overview.ts';
import { ADOBE_RGB, makeProfile } from './matrix-profile.ts';
import { type FrameHeader, readHeader } from './read-header.ts';

const { limits } = resolveOptions();
const SCALES = [1, 2, 4, 8, 16] as const;
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Waves of 60 to 150 pixels in every direction: smooth enough for the coarsest overview to hold them. */
function waves(width: number, height: number): Buffer {
  const codes = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const sum =
          Math.sin(x / 13 + c) +
          Math.sin(y / 12 + 2 * c) +
          Math.sin((x + y) / 22) * Math.cos((x - y) / 19);
        codes[(y * width + x) * 3 + c] = Math.round(128 + 38 * sum);
      }
    }
  }
  return codes;
}

type Making = {
  readonly width: number;
  readonly height: number;
  readonly orientation?: number;
  readonly format?: 'jpeg' | 'png' | 'webp';
  readonly chroma?: '4:4:4' | '4:2:0';
  readonly progressive?: boolean;
};

async function wavesFile(making: Making): Promise<{ frame: InputFrame; header: FrameHeader }> {
  const { width, height, orientation = 1, format = 'jpeg' } = making;
  const image = sharp(waves(width, height), { raw: { width, height, channels: 3 } });
  const options = {
    quality: 98,
    chromaSubsampling: making.chroma ?? '4:2:0',
    progressive: making.progressive ?? false,
  };
  const bytes = await image
    .withMetadata({ orientation })
    .toFormat(format, format === 'jpeg' ? options : {})
    .toBuffer();
  const frame = { name: `waves.${format}`, bytes };
  return { frame, header: await readHeader(bytes, frame.name, limits) };
}

async function meansOfFull(
  frame: InputFrame,
  header: FrameHeader,
  scale: number,
): Promise<Picture> {
  const data = await decodeFrame(frame.bytes, frame.name, header);
  return reduceByMean({ width: header.width, height: header.height, data }, scale);
}

/** For every scale how far some half of the overview lies from the full-size picture, in its pixels. */
async function worstDisplacements(making: Making): Promise<Map<number, number>> {
  const { frame, header } = await wavesFile(making);
  const { width, height } = header;
  const data = await decodeFrame(frame.bytes, frame.name, header);
  const worst = new Map<number, number>();
  for (const scale of SCALES) {
    const overview = await decodeOverview(frame, header, scale);
    const expected = [Math.ceil(width / scale), Math.ceil(height / scale)];
    expect([overview.width, overview.height]).toEqual(expected);
    const full = reduceByMean({ width, height, data }, scale);
    const moves = HALVES.flatMap((part) => displacement(full, overview, part));
    worst.set(scale, Math.max(...moves.map(Math.abs)) * scale);
  }
  return worst;
}

describe('the grid of an overview', { timeout: 30_000 }, () => {
  it('measures a known displacement', async () => {
    const [width, height] = [120, 90];
    const still = reduceByMean({ width, height, data: waves(width, height) }, 1);
    const moved = { width, height, data: new Uint16Array(still.data.length) };
    for (let i = 3; i < still.data.length; i++) moved.data[i] = still.data[i - 3] as number;
    const [x, y] = displacement(still, moved, { left: 0, top: 0, right: 1, bottom: 1 });
    expect(x).toBeCloseTo(1, 1);
    expect(y).toBeCloseTo(0, 1);
  });

  it.each(ORIENTATIONS)(
    'lies on the full-size one within 0.05 pixels, orientation %i',
    async (orientation) => {
      for (const [width, height] of [
        [339, 253],
        [336, 251],
      ] as const) {
        const worst = await worstDisplacements({ width, height, orientation });
        for (const [scale, distance] of worst)
          expect(distance, `${width} x ${height}, scale ${scale}`).toBeLessThan(0.05);
      }
    },
  );

  it.each([
    { format: 'png' },
    { format: 'webp' },
    { chroma: '4:4:4' },
    { progressive: true },
    { progressive: true, chroma: '4:4:4' },
  ] as const)('does so for %j', async (kind) => {
    const worst = await worstDisplacements({ width: 341, height: 247, ...kind });
    for (const [scale, distance] of worst) expect(distance, `scale ${scale}`).toBeLessThan(0.05);
  });
});

describe('the values of an overview', () => {
  it('are the means of the pixels covered, also where only some are left', async () => {
    const { frame, header } = await wavesFile({ width: 419, height: 333 });
    const full = await meansOfFull(frame, header, 4);
    const overview = await decodeOverview(frame, header, 4);
    let worst = 0;
    for (let i = 0; i < full.data.length; i++)
      worst = Math.max(worst, Math.abs((full.data[i] as number) - (overview.data[i] as number)));
    // Four codes of 8 bits: the JPEG's own rounding, and the pixels that its encoder made up.
    expect(worst / 257).toBeLessThan(4);
  });

  it('are in the wide space where those of the full size are', async () => {
    const icc = makeProfile(ADOBE_RGB);
    const color = [200, 100, 50] as const;
    const frame = await profiledJpeg(color, icc);
    const header = await readHeader(frame.bytes, frame.name, limits);
    const full = await meansOfFull(frame, header, 4);
    const overview = await decodeOverview(frame, header, 4);
    for (let i = 0; i < 3; i++)
      expect(Math.abs((overview.data[i] ?? 0) - (full.data[i] ?? 0))).toBeLessThan(300);
    // Display P3 by hand, as in the test of the full size.
    expect(Math.abs((overview.data[0] ?? 0) / 257 - 211.5)).toBeLessThan(2);
  });

  it('keep 16 bits', async () => {
    const codes = new Uint16Array(40 * 30 * 3).fill(1000);
    const bytes = await sharp(codes, { raw: { width: 40, height: 30, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    const header = await readHeader(bytes, 'deep.png', limits);
    const { data } = await decodeOverview({ name: 'deep.png', bytes }, header, 4);
    expect(new Set(data)).toEqual(new Set([1000]));
  });

  it.each([1, 3])('exist for %i pixels a side', async (side) => {
    const { frame, header } = await wavesFile({ width: side, height: side });
    for (const scale of SCALES) {
      const overview = await decodeOverview(frame, header, scale);
      const expected = Math.ceil(side / scale);
      expect([overview.width, overview.height]).toEqual([expected, expected]);
      expect(overview.data.every((value) => value > 10_000 && value < 60_000)).toBe(true);
    }
  });

  it('are refused when the file breaks off', async () => {
    const frame = await truncatedJpeg();
    const header = await readHeader(frame.bytes, frame.name, limits);
    for (const scale of SCALES)
      await expect(decodeOverview(frame, header, scale)).rejects.toMatchObject({
        code: 'truncated',
      });
  });
});
