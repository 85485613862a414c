import sharp, { type JpegOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve-options.ts';
import { expose } from '../testing/bracket.ts';
import { renderInterior } from '../testing/pictures.ts';
import { readHeader } from './read-header.ts';
import { hasZeroedData } from './zeroed-data.ts';

const SIZE = { width: 640, height: 480 };

async function roomJpeg(options: JpegOptions): Promise<Buffer> {
  const codes = expose(renderInterior(SIZE.width, SIZE.height, 3), {
    ev: 0,
    seed: 3,
    light: [1, 1, 1],
  });
  return await sharp(codes, { raw: { ...SIZE, channels: 3 } })
    .jpeg(options)
    .toBuffer();
}

function zeroed(whole: Uint8Array, at: number, count: number): Uint8Array {
  const bytes = Uint8Array.from(whole);
  const from = Math.floor(whole.length * at);
  return bytes.fill(0, from, from + count);
}

/** As cameras write it: tables from the standard, not made for the picture. */
const CAMERA: JpegOptions = { quality: 95, optimiseCoding: false };

describe('sectors of zeros in a JPEG', () => {
  it.each([0.3, 0.5, 0.8])('are found at %f of the file, and the file is refused', async (at) => {
    const bytes = zeroed(await roomJpeg(CAMERA), at, 4096);
    expect(hasZeroedData(bytes)).toBe(true);
    await expect(readHeader(bytes, 'hall.jpg', resolveOptions().limits)).rejects.toMatchObject({
      code: 'damaged',
      message: '"hall.jpg" is damaged and cannot be opened. Please export or upload it again.',
    });
  });

  it('are no damage before the picture and after it', async () => {
    const whole = await roomJpeg(CAMERA);
    const padding = Buffer.from([0xff, 0xe4, 0x10, 0x02, ...new Uint8Array(4096)]);
    const before = Buffer.concat([whole.subarray(0, 2), padding, whole.subarray(2)]);
    const after = Buffer.concat([whole, Buffer.alloc(4096)]);
    for (const bytes of [whole, before, after]) expect(hasZeroedData(bytes)).toBe(false);
    expect((await sharp(before).metadata()).width).toBe(SIZE.width);
  });

  it('are an even surface where the tables were made for one', async () => {
    const create = { width: 4000, height: 3000, channels: 3, background: '#000' } as const;
    const black = await sharp({ create }).jpeg({ optimiseCoding: true }).toBuffer();
    expect(black.indexOf(Buffer.alloc(512))).toBeGreaterThan(0);
    expect(hasZeroedData(black)).toBe(false);
    const coded = await sharp({ create }).jpeg({ optimiseCoding: false }).toBuffer();
    expect(hasZeroedData(coded)).toBe(false);
  });

  it('are no damage in a later scan: one channel after the other, the last of them may be even', async () => {
    const whole = await roomJpeg(CAMERA);
    // A header of a second scan, for one channel, and blocks whose codes are all zeros.
    const next = Buffer.from([0xff, 0xda, 0, 8, 1, 2, 0x11, 0, 63, 0, ...new Uint8Array(2048)]);
    const bytes = Buffer.concat([whole.subarray(0, -2), next, whole.subarray(-2)]);
    expect(hasZeroedData(bytes)).toBe(false);
  });

  it('say nothing in a progressive file, whose bits mean something else', async () => {
    const bytes = zeroed(await roomJpeg({ ...CAMERA, progressive: true }), 0.5, 4096);
    expect(hasZeroedData(bytes)).toBe(false);
  });

  it('are looked for in anything without a fault', () => {
    const zeros = new Uint8Array(2000);
    for (const bytes of [
      zeros,
      new Uint8Array([0xff, 0xd8, ...zeros]),
      new Uint8Array([0xff, 0xd8, 0xff, 0xc4, 0xff, 0xff, ...zeros]),
      new Uint8Array([0xff, 0xd8, 0xff, 0xc0, 0, 0, ...zeros]),
    ])
      expect(hasZeroedData(bytes)).toBe(false);
  });
});
