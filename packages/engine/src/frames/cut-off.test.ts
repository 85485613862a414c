import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import type { InputFrame } from '../steps/step.ts';
import { expose } from '../testing/bracket.ts';
import { quadrantsHeic, renderInterior } from '../testing/pictures.ts';
import { decodeFrame } from './decode-frame.ts';
import { decodeOverview } from './decode-overview.ts';
import { decodeError, readHeader } from './read-header.ts';

const { limits } = resolveOptions();
const SIZE = { width: 160, height: 120 };

function room(): Sharp {
  const codes = expose(renderInterior(SIZE.width, SIZE.height, 3), {
    ev: 0,
    seed: 3,
    light: [1, 1, 1],
  });
  return sharp(codes, { raw: { ...SIZE, channels: 3 } });
}

async function codesOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'decoded';
  } catch (error) {
    return error instanceof EngineError ? error.code : String(error);
  }
}

async function full({ name, bytes }: InputFrame): Promise<void> {
  await decodeFrame(bytes, name, await readHeader(bytes, name, limits));
}

async function reduced(frame: InputFrame): Promise<void> {
  await decodeOverview(frame, await readHeader(frame.bytes, frame.name, limits), 4);
}

describe('a JPEG with damage in its middle', () => {
  it('is refused, however it is read', async () => {
    const large = room().resize(960, 720);
    const whole = new Uint8Array(await large.jpeg({ quality: 95 }).toBuffer());
    const middle = whole.length >> 1;
    const bytes = new Uint8Array([...whole.subarray(0, middle), ...whole.subarray(middle + 4000)]);
    const damaged = { name: 'room.jpg', bytes };
    expect(await codesOf(() => full(damaged))).toBe('damaged');
    expect(await codesOf(() => reduced(damaged))).toBe('damaged');
  });

  it('is read when a decoder warns of nothing that can be seen', async () => {
    const whole = new Uint8Array(await room().jpeg({ quality: 95 }).toBuffer());
    // Two bytes too many before the last marker.
    const bytes = new Uint8Array([...whole.subarray(0, -2), 0x12, 0x34, 0xff, 0xd9]);
    const odd = { name: 'room.jpg', bytes };
    expect(await codesOf(() => full(odd))).toBe('decoded');
    expect(await codesOf(() => reduced(odd))).toBe('decoded');
  });
});

describe('an upload that broke off', { timeout: 30_000 }, () => {
  it.each([
    ['jpeg', () => room().jpeg({ quality: 95 })],
    ['progressive jpeg', () => room().jpeg({ quality: 95, progressive: true })],
    ['png', () => room().png()],
    ['webp', () => room().webp({ quality: 95 })],
    ['lossless webp', () => room().webp({ lossless: true })],
    ['tiff', () => room().tiff({ compression: 'none' })],
    ['lzw tiff', () => room().tiff({ compression: 'lzw' })],
    ['avif', () => room().avif({ quality: 90 })],
  ])('is never taken for a whole %s', async (name, make) => {
    const bytes = await make().toBuffer();
    expect(await codesOf(() => full({ name, bytes }))).toBe('decoded');
    for (const share of [0.05, 0.4, 0.8, 0.97]) {
      const cut = { name, bytes: bytes.subarray(0, Math.floor(bytes.length * share)) };
      for (const decode of [full, reduced])
        expect(['truncated', 'damaged'], `${share} of it`).toContain(
          await codesOf(() => decode(cut)),
        );
    }
  });

  it('is never taken for a whole HEIC', async () => {
    const { name, bytes } = await quadrantsHeic();
    for (const share of [0.1, 0.97]) {
      const cut = { name, bytes: bytes.subarray(0, Math.floor(bytes.length * share)) };
      expect(['truncated', 'damaged']).toContain(await codesOf(() => full(cut)));
    }
  });
});

describe('a file that takes too long', () => {
  it('is said to, and not to be damaged', () => {
    const error = decodeError('slow.jpg', { maxSeconds: 60 }, new Error('timeout: 40% complete'));
    expect(error.code).toBe('timed_out');
    expect(error.message).toBe(
      '"slow.jpg" takes longer than 60 seconds to open. Please export it again as JPEG.',
    );
  });
});

describe('a large file', { timeout: 30_000 }, () => {
  it('of 61 megapixels is read, and of more than allowed is refused before it is decoded', async () => {
    const flat = {
      create: { width: 9504, height: 6336, channels: 3, background: '#667788' },
    } as const;
    const frame = { name: 'large.jpg', bytes: await sharp(flat).jpeg({ quality: 60 }).toBuffer() };
    const header = await readHeader(frame.bytes, frame.name, limits);
    const overview = await decodeOverview(frame, header, 8);
    expect([overview.width, overview.height]).toEqual([1188, 792]);
    await expect(
      readHeader(frame.bytes, frame.name, { ...limits, maxPixels: 60_000_000 }),
    ).rejects.toMatchObject({ code: 'too_many_pixels' });
  });
});
