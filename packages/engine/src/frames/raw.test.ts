import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { reduceByMean } from '../pixels/reduce.ts';
import { linearToSrgb } from '../pixels/srgb.ts';
import type { InputFrame } from '../steps/step.ts';
import { displacement, HALVES } from '../testing/displacement.ts';
import { createRandom, makeDng, renderInterior, type Scene } from '../testing/pictures.ts';
import { decodeFrame } from './decode-frame.ts';
import { decodeOverview } from './decode-overview.ts';
import { runDecoder } from './foreign/run-decoder.ts';
import { readFrameInfo } from './read-frame-info.ts';
import { type FrameHeader, readHeader } from './read-header.ts';

const { limits } = resolveOptions();
const [WIDTH, HEIGHT] = [120, 80];

/** Four flat squares: no demosaicing can go wrong in their middles. Linear light. */
const SQUARES = [
  [0.5, 0.1, 0.05],
  [0.05, 0.3, 0.1],
  [0.04, 0.08, 0.4],
  [0.18, 0.18, 0.18],
] as const;

function squares(): Scene {
  const radiance = new Float32Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const square = (i % WIDTH < WIDTH / 2 ? 0 : 1) + (i < (WIDTH * HEIGHT) / 2 ? 0 : 2);
    radiance.set(SQUARES[square] ?? [0, 0, 0], i * 3);
  }
  return { width: WIDTH, height: HEIGHT, radiance };
}

/** Grey waves in linear light. */
function waves(): Scene {
  const radiance = new Float32Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    radiance.fill(0.3 + 0.1 * (Math.sin(x / 6) + Math.sin(y / 7)), i * 3, i * 3 + 3);
  }
  return { width: WIDTH, height: HEIGHT, radiance };
}

async function headerOf({ name, bytes }: InputFrame): Promise<FrameHeader> {
  return await readHeader(bytes, name, limits);
}

type Codes = { readonly width: number; readonly data: Uint8Array | Uint16Array };

/** Mean of a square of 8 x 8 pixels as encoded values 0..1. */
function around({ width, data }: Codes, x: number, y: number): number[] {
  const sums = [0, 0, 0];
  for (let dy = -4; dy < 4; dy++)
    for (let dx = -4; dx < 4; dx++)
      for (let c = 0; c < 3; c++)
        sums[c] = (sums[c] ?? 0) + (data[((y + dy) * width + x + dx) * 3 + c] ?? 0) / 65_535 / 64;
  return sums;
}

function expectColors(codes: Codes, scale: number, gain = 1): void {
  for (const [index, color] of SQUARES.entries()) {
    const x = Math.round((WIDTH / scale) * (index % 2 === 0 ? 0.25 : 0.75));
    const y = Math.round((HEIGHT / scale) * (index < 2 ? 0.25 : 0.75));
    const came = around(codes, x, y);
    for (const [channel, light] of color.entries())
      expect(came[channel], `square ${index}, channel ${channel}`).toBeCloseTo(
        linearToSrgb(Math.min(1, light * gain)),
        2,
      );
  }
}

describe('a camera raw file', { timeout: 20_000 }, () => {
  it('is the light that fell on the sensor, as sRGB codes, in the white balance of the camera', async () => {
    const frame = makeDng(squares());
    const header = await headerOf(frame);
    expect(header).toMatchObject({
      format: 'raw',
      width: WIDTH,
      height: HEIGHT,
      bitsPerChannel: 16,
    });
    const data = await decodeFrame(frame.bytes, frame.name, { ...header, working: 'srgb' });
    expect(data).toBeInstanceOf(Uint16Array);
    expectColors({ width: WIDTH, data }, 1);
    expect(header.working).toBe('p3');
    // 0.5, 0.1, 0.05 in Display P3: the matrix of IEC 61966-2-1 to SMPTE EG 432-1, by hand.
    const wide = await decodeFrame(frame.bytes, frame.name, header);
    const [red, green, blue] = around({ width: WIDTH, data: wide }, WIDTH / 4, HEIGHT / 4);
    expect(red).toBeCloseTo(linearToSrgb(0.8225 * 0.5 + 0.1775 * 0.1), 2);
    expect(green).toBeCloseTo(linearToSrgb(0.0332 * 0.5 + 0.9668 * 0.1), 2);
    expect(blue).toBeCloseTo(linearToSrgb(0.0171 * 0.5 + 0.0724 * 0.1 + 0.9105 * 0.05), 2);
  });

  it('keeps the exposure it was taken with', async () => {
    const ev = -2;
    const frame = makeDng(squares(), { ev });
    const header = { ...(await headerOf(frame)), working: 'srgb' } as const;
    expectColors(
      { width: WIDTH, data: await decodeFrame(frame.bytes, frame.name, header) },
      1,
      2 ** ev,
    );
  });

  it('has overviews that show the same at the same place', async () => {
    const squared = makeDng(squares());
    const header = { ...(await headerOf(squared)), working: 'srgb' } as const;
    const overview = await decodeOverview(squared, header, 4);
    expect([overview.width, overview.height]).toEqual([WIDTH / 4, HEIGHT / 4]);
    expectColors(overview, 4);
    const waved = makeDng(waves(), { noise: 0 });
    const data = await decodeFrame(waved.bytes, waved.name, header);
    const full = reduceByMean({ width: WIDTH, height: HEIGHT, data }, 2);
    const half = await decodeOverview(waved, header, 2);
    for (const part of HALVES)
      for (const distance of displacement(full, half, part))
        expect(Math.abs(distance) * 2).toBeLessThan(0.05);
  });

  it('is turned upright', async () => {
    const frame = makeDng(squares(), { orientation: 6 });
    const header = { ...(await headerOf(frame)), working: 'srgb' } as const;
    expect(header).toMatchObject({
      width: HEIGHT,
      height: WIDTH,
      storedWidth: WIDTH,
      orientation: 6,
    });
    const overview = await decodeOverview(frame, header, 2);
    // Stored top left comes to the top right.
    const corner = around(overview, HEIGHT * 0.375, WIDTH * 0.125);
    expect(corner[0]).toBeCloseTo(linearToSrgb(0.5), 2);
  });

  it('tells its EXIF', async () => {
    const frame = makeDng(renderInterior(64, 48, 1), { ev: -2 });
    expect(await readFrameInfo(frame.bytes, frame.name)).toMatchObject({
      format: 'raw',
      camera: 'Test One',
      fNumber: 8,
      iso: 200,
      exposureBias: -2,
      takenAt: '2026-05-01T10:00:00.000Z',
    });
  });

  it('is known by its content, and a TIFF is not taken for one', async () => {
    const raw = { ...makeDng(squares()), name: 'holiday.jpg' };
    expect((await headerOf(raw)).format).toBe('raw');
  });
});

describe('a damaged raw file', { timeout: 60_000 }, () => {
  const whole = makeDng(squares());

  it.each([0.02, 0.3, 0.6, 0.95, 0.999])('is refused when %d of it came', async (share) => {
    const bytes = whole.bytes.subarray(0, Math.floor(whole.bytes.length * share));
    await expect(headerOf({ name: 'cut.dng', bytes })).rejects.toSatisfy(
      (error) => error instanceof EngineError && ['truncated', 'damaged'].includes(error.code),
    );
  });

  it('gives a picture or a reason, whatever is broken in it', async () => {
    const random = createRandom(21);
    for (let round = 0; round < 4; round++) {
      const bytes = Uint8Array.from(whole.bytes);
      for (let hit = 0; hit < 6; hit++)
        bytes[Math.floor(random() * 700)] = Math.floor(random() * 256);
      const outcome = await decodeAll({ name: 'hit.dng', bytes });
      expect([
        'decoded',
        'damaged',
        'truncated',
        'too_many_pixels',
        'not_an_image',
        'unsupported_format',
        'timed_out',
      ]).toContain(outcome);
    }
  });

  it('is given up after its time', async () => {
    const order = { kind: 'raw', bytes: whole.bytes, half: false, gamut: 'srgb' } as const;
    await expect(runDecoder(order, { name: 'slow.dng', maxSeconds: 0.001 })).rejects.toMatchObject({
      code: 'timed_out',
      message:
        '"slow.dng" takes longer than 0.001 seconds to open. Please export it again as JPEG.',
    });
  });

  async function decodeAll(frame: InputFrame): Promise<string> {
    try {
      const header = await readHeader(frame.bytes, frame.name, { ...limits, maxPixels: 1_000_000 });
      await decodeFrame(frame.bytes, frame.name, header);
      return 'decoded';
    } catch (error) {
      return error instanceof EngineError ? error.code : String(error);
    }
  }
});
