import sharp, { type Exif } from 'sharp';
import { describe, expect, it } from 'vitest';
import { EngineError, type EngineErrorCode } from '../errors.ts';
import type { InputFrame } from '../steps/step.ts';
import {
  animatedWebp,
  cmykJpeg,
  createRandom,
  makeBracket,
  onePixel,
  pngBomb,
  textNamedJpg,
  tiff16,
  turnedJpegWithGps,
  zeroBytes,
} from '../testing/pictures.ts';
import { readFrameInfo } from './read-frame-info.ts';

async function codeOf(frame: InputFrame): Promise<EngineErrorCode | string> {
  try {
    await readFrameInfo(frame.bytes, frame.name);
    return 'accepted';
  } catch (error) {
    return error instanceof EngineError ? error.code : String(error);
  }
}

async function withExif(exif: Exif): Promise<Uint8Array> {
  const image = sharp({ create: { width: 20, height: 20, channels: 3, background: '#888888' } });
  return await image.withExif(exif).jpeg().toBuffer();
}

function startingWith(text: string): Uint8Array {
  return new TextEncoder().encode(text.padEnd(64, '\0'));
}

describe('reading a frame', { timeout: 30_000 }, () => {
  it('reads back what the bracket maker wrote', async () => {
    const startAt = new Date('2026-03-04T05:06:07.250Z');
    const [, dark] = await makeBracket({
      width: 64,
      height: 48,
      evs: [0, -2],
      startAt,
      gapMs: 300,
      camera: 'NIKON D3',
    });
    const info = await readFrameInfo(dark?.bytes ?? new Uint8Array());
    expect(info).toMatchObject({
      format: 'jpeg',
      width: 64,
      height: 48,
      orientation: 1,
      takenAt: '2026-03-04T05:06:07.550Z',
      fNumber: 8,
      iso: 200,
    });
    expect(info).toMatchObject({
      exposureBias: -2,
      exposureMode: 'bracket',
      camera: 'NIKON D3',
      lens: 'Test 16-35mm F4',
      focalLength: 16,
    });
    expect(info.exposureTime).toBeCloseTo(1 / 120, 5);
    expect(info.ev).toBeCloseTo(Math.log2(64 * 120) - 1, 3);
  });

  it('turns width and height with the orientation', async () => {
    const { bytes } = await turnedJpegWithGps();
    expect(await readFrameInfo(bytes)).toMatchObject({ width: 64, height: 96, orientation: 6 });
  });

  it('honours a time zone and keeps sub-seconds of any length', async () => {
    const bytes = await withExif({
      IFD2: {
        DateTimeOriginal: '2026:01:01 00:30:00',
        SubSecTimeOriginal: '5',
        OffsetTimeOriginal: '+01:00',
      },
    });
    expect((await readFrameInfo(bytes)).takenAt).toBe('2025-12-31T23:30:00.500Z');
  });

  it('names a camera once when the model repeats the maker', async () => {
    const bytes = await withExif({ IFD0: { Make: 'Canon', Model: 'Canon EOS R5' } });
    expect((await readFrameInfo(bytes)).camera).toBe('Canon EOS R5');
  });

  it('gives nulls for implausible values', async () => {
    const bytes = await withExif({
      IFD2: {
        DateTimeOriginal: '0000:00:00 00:00:00',
        ExposureTime: '0/1',
        FNumber: '0/1',
        LensModel: '\u0007',
      },
    });
    expect(await readFrameInfo(bytes)).toMatchObject({
      takenAt: null,
      exposureTime: null,
      fNumber: null,
      ev: null,
      lens: null,
      camera: null,
    });
  });

  it.each([
    ['tiff', tiff16],
    ['webp', animatedWebp],
    ['jpeg', cmykJpeg],
    ['png', onePixel],
  ])('knows a %s by its bytes, not its name', async (format, make) => {
    const { bytes } = await make();
    expect((await readFrameInfo(bytes, 'photo.txt')).format).toBe(format);
  });

  it('knows an AVIF', async () => {
    const bytes = await sharp({
      create: { width: 32, height: 16, channels: 3, background: '#336699' },
    })
      .avif()
      .toBuffer();
    expect(await readFrameInfo(bytes)).toMatchObject({ format: 'avif', width: 32, height: 16 });
  });
});

describe('a camera with a lost clock', () => {
  const takenAt = async (date: string, offset: string): Promise<string | null> => {
    const bytes = await sharp({
      create: { width: 16, height: 16, channels: 3, background: '#888' },
    })
      .withExif({ IFD2: { DateTimeOriginal: date, OffsetTimeOriginal: offset } })
      .jpeg()
      .toBuffer();
    return (await readFrameInfo(bytes)).takenAt;
  };

  it.each([
    ['9999:12:31 23:59:59', '-12:00', null],
    ['9999:12:31 23:59:59', '+00:00', '9999-12-31T23:59:59.000Z'],
    ['1970:01:01 00:30:00', '+01:00', null],
    ['1899:12:31 23:00:00', '-12:00', null],
    ['0000:01:01 00:00:00', '+12:00', null],
    ['2024:05:01 23:30:00', '-02:00', '2024-05-02T01:30:00.000Z'],
  ])('says of %s %s: %s', async (date, offset, expected) => {
    expect(await takenAt(date, offset)).toBe(expected);
  });
});

describe('refusing a frame', { timeout: 30_000 }, () => {
  it.each([
    ['empty_file', zeroBytes()],
    ['not_an_image', textNamedJpg()],
    ['too_many_pixels', pngBomb()],
    [
      'not_an_image',
      { name: 'a.jpg', bytes: startingWith('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    ],
    ['unsupported_format', { name: 'a.jpg', bytes: startingWith('GIF89a') }],
    ['unsupported_format', { name: 'a.jpg', bytes: startingWith('%PDF-1.7') }],
    ['unsupported_format', { name: 'a.heic', bytes: startingWith('\0\0\0\u0018ftyphevc') }],
    ['unsupported_format', { name: 'a.jpg', bytes: startingWith('\0\0\0\u0018ftypisom') }],
    ['damaged', { name: 'IMG.HEIC', bytes: startingWith('\0\0\0\u0018ftypheic') }],
    ['damaged', { name: 'IMG.CR3', bytes: startingWith('\0\0\0\u0018ftypcrx ') }],
    ['damaged', { name: 'IMG.NEF', bytes: startingWith('MM\0*') }],
    ['damaged', { name: 'a.jpg', bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3) }],
  ])('says %s', async (code, frame) => {
    const came = await codeOf(frame);
    expect(code === 'damaged' ? ['damaged', 'truncated'] : [code]).toContain(came);
  });

  it('names the file, what came and what is allowed', async () => {
    const { bytes } = pngBomb();
    const message =
      '"bomb.png" is 14000 x 14000 pixels (196 megapixels). At most 100 megapixels can be worked on, in this shape 10000 x 10000 pixels.';
    await expect(readFrameInfo(bytes, 'bomb.png')).rejects.toThrow(message);
    await expect(readFrameInfo(bytes, 'bomb.png', { maxFileBytes: 1000 })).rejects.toThrow(
      'Files may have at most 1,000 bytes.',
    );
  });

  it('survives any damage to a real frame: an answer or an EngineError, never anything else', async () => {
    const [frame] = await makeBracket({ width: 48, height: 32, evs: [0] });
    const random = createRandom(11);
    for (let round = 0; round < 200; round++) {
      const bytes = Uint8Array.from(frame?.bytes ?? []);
      for (let hit = 0; hit < 8; hit++)
        bytes[Math.floor(random() * Math.min(bytes.length, 900))] = Math.floor(random() * 256);
      const code = await codeOf({
        name: 'hit.jpg',
        bytes: bytes.subarray(0, Math.floor(random() * bytes.length) + 1),
      });
      expect([
        'accepted',
        'not_an_image',
        'unsupported_format',
        'truncated',
        'damaged',
        'too_many_pixels',
      ]).toContain(code);
    }
  });
});
