import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@repo/foundation/errors';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createImageProcessor, type ImageLimits } from './processor.ts';
import type { Rendition } from './rendition.ts';
import { blackPng, mutate, seededRandom, tinyFramesGif } from './testing/hostile-pictures.ts';

/** More with IMAGE_MUTANTS=2000. */
const MUTANTS = Number(process.env['IMAGE_MUTANTS'] ?? 500);

const LIMITS: ImageLimits = { maxPixels: 1e8, maxSeconds: 20, maxMemoryMb: 1024, processes: 2 };
const RENDITION: Rendition = {
  width: 32,
  height: 32,
  fit: 'inside',
  format: 'webp',
  quality: null,
};

let folder: string;
const processor = createImageProcessor(LIMITS);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'));
});

afterAll(async () => {
  processor.close();
  await rm(folder, { recursive: true });
});

let files = 0;

async function render(picture: Buffer | Sharp, change: Partial<Rendition> = {}, by = processor) {
  files += 1;
  const input = join(folder, `${files}`);
  const output = join(folder, `${files}.out`);
  await writeFile(input, Buffer.isBuffer(picture) ? picture : await picture.toBuffer());
  const made = await by.render({ ...RENDITION, ...change, input, output });
  return { ...made, bytes: await readFile(output) };
}

const codeOf = (made: Promise<unknown>) =>
  made.then(
    () => 'a picture',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

const plain = (width: number, height: number, background = '#c86432') =>
  sharp({ create: { width, height, channels: 3, background } });

/** What one pixel of a picture is. */
async function pixel(bytes: Buffer, x: number, y: number): Promise<number[]> {
  const area = { left: x, top: y, width: 1, height: 1 };
  return [...(await sharp(bytes).extract(area).raw().toBuffer())];
}

const SOURCES: Readonly<Record<string, () => Sharp>> = {
  jpeg: () => plain(60, 40).jpeg(),
  png: () => plain(60, 40).png(),
  webp: () => plain(60, 40).webp(),
  gif: () => plain(60, 40).gif(),
  avif: () => plain(60, 40).avif({ effort: 0 }),
  tiff: () => plain(60, 40).tiff(),
};

describe('what a picture becomes', { timeout: 60_000 }, () => {
  test.each(Object.keys(SOURCES))('%s is read, in every format that is written', async (source) => {
    const picture = await SOURCES[source]?.().toBuffer();
    const path = join(folder, source);
    await writeFile(path, picture ?? '');
    // Nothing besides: it is written into the file's row as it is.
    expect(await processor.measure(path)).toEqual({ width: 60, height: 40 });
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const { bytes, ...made } = await render(picture ?? Buffer.alloc(0), { format });
      expect(made).toMatchObject({ contentType: `image/${format}`, width: 32, height: 21 });
      const metadata = await sharp(bytes).metadata();
      expect(metadata.format).toBe(format === 'avif' ? 'heif' : format);
      expect([metadata.width, metadata.height]).toEqual([32, 21]);
    }
  });

  test.each([
    ['inside', { width: 30, height: 30 }, [30, 20]],
    ['inside, one side', { width: null, height: 20 }, [30, 20]],
    ['cover', { fit: 'cover', width: 10, height: 20 }, [10, 20]],
    ['contain', { fit: 'contain', width: 30, height: 30 }, [30, 30]],
    ['never larger than it is', { width: 4096, height: 4096 }, [60, 40]],
  ] as const)('%s', async (_, change, size) => {
    const { width, height } = await render(SOURCES['jpeg']?.() ?? Buffer.alloc(0), change);
    expect([width, height]).toEqual(size);
  });

  test('the room around a contained picture is transparent where that is possible, else white', async () => {
    const around = { fit: 'contain', width: 30, height: 30 } as const;
    const png = await render(plain(60, 40).jpeg(), { ...around, format: 'png' });
    expect((await pixel(png.bytes, 0, 0))[3]).toBe(0);
    const jpeg = await render(plain(60, 40).jpeg(), { ...around, format: 'jpeg' });
    expect((await pixel(jpeg.bytes, 0, 0)).every((value) => value > 250)).toBe(true);
  });

  test('automatic: what is accepted, JPEG or PNG for those who name nothing, no slow AVIFs', async () => {
    const clear = sharp({
      create: { width: 60, height: 40, channels: 4, background: '#0000' },
    }).png();
    const typeOf = async (picture: Sharp, change: Partial<Rendition>) =>
      (await render(picture, change)).contentType;
    expect(await typeOf(plain(60, 40).png(), { format: 'auto' })).toBe('image/jpeg');
    expect(await typeOf(clear.clone(), { format: 'auto' })).toBe('image/png');
    expect(await typeOf(clear.clone(), { format: 'auto-webp' })).toBe('image/webp');
    expect(await typeOf(clear.clone(), { format: 'auto-avif' })).toBe('image/avif');
    const large = { format: 'auto-avif', width: 1280, height: 1280 } as const;
    expect(await typeOf(plain(1600, 1200).jpeg(), large)).toBe('image/webp');
  });

  test('it is upright and in sRGB, whatever the camera wrote', async () => {
    const turned = await sharp(await plain(60, 40).png().toBuffer())
      .composite([{ input: await plain(30, 40, '#00f').png().toBuffer(), left: 0, top: 0 }])
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    const upright = await render(turned, { width: null, height: 60, format: 'png' });
    expect([upright.width, upright.height]).toEqual([40, 60]);
    const [red = 255, , blue = 0] = await pixel(upright.bytes, 20, 5);
    expect(blue).toBeGreaterThan(red);
    const wide = await plain(60, 40).withIccProfile('p3').jpeg({ quality: 100 }).toBuffer();
    const cmyk = await plain(60, 40).toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
    for (const [picture, tolerance] of [
      [wide, 4],
      [cmyk, 30],
    ] as const) {
      const { bytes } = await render(picture, { format: 'png' });
      const found = await pixel(bytes, 10, 10);
      for (const [index, value] of [200, 100, 50].entries()) {
        expect(Math.abs((found[index] ?? 0) - value), String(found)).toBeLessThan(tolerance);
      }
    }
  });

  test('nothing of the metadata is left, the place where it was taken above all', async () => {
    const taken = await plain(60, 40)
      .withExif({
        IFD0: { ImageDescription: 'CANARY', Artist: 'CANARY' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 56/1 0/1', GPSMapDatum: 'CANARY' },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>CANARY</a></x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif?.includes('CANARY')).toBe(true);
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const { bytes } = await render(taken, { format });
      const { exif, xmp, iptc, icc, comments } = await sharp(bytes).metadata();
      expect({ exif, xmp, iptc, icc, comments }).toEqual({});
      expect(bytes.includes('CANARY'), format).toBe(false);
      expect(bytes.includes('GPS'), format).toBe(false);
    }
  });

  test('what hides behind a picture stays behind', async () => {
    const jpeg = await plain(60, 40).jpeg().toBuffer();
    const page = Buffer.from('<html><script>CANARY</script>');
    const zip = Buffer.from('PK\x03\x04CANARY');
    for (const tail of [page, zip]) {
      const { bytes } = await render(Buffer.concat([jpeg, tail]), { format: 'jpeg' });
      expect(bytes.includes('CANARY')).toBe(false);
    }
  });
});

describe('hostile pictures', { timeout: 60_000 }, () => {
  test('a bomb is refused by its header, before it takes memory', async () => {
    const careful = createImageProcessor({ ...LIMITS, maxMemoryMb: 150, processes: 1 });
    const bomb = blackPng({ width: 14_000, height: 14_000 });
    await expect(render(bomb, {}, careful)).rejects.toMatchObject({
      code: 'image_too_large',
      message:
        'Expected a picture of up to 100 megapixels; this one has 14000 × 14000, 196 megapixels.',
    });
    careful.close();
  });

  test('what is one pixel wide and 60,000 high, or the other way round, is a thin picture', async () => {
    for (const [width, height] of [
      [1, 60_000],
      [60_000, 1],
    ] as const) {
      const made = await render(blackPng({ width, height }), {});
      expect([made.width, made.height].sort()).toEqual([1, 32]);
      expect(await codeOf(render(blackPng({ width, height }), { fit: 'cover' }))).toBe('a picture');
    }
  });

  test('of 500 frames one is decoded', async () => {
    const careful = createImageProcessor({ ...LIMITS, maxMemoryMb: 200, processes: 1 });
    // All of them would be 2,000 megapixels.
    const gif = tinyFramesGif({ width: 2000, height: 2000, frames: 500 });
    expect(await sharp(gif).metadata()).toMatchObject({ pages: 500, width: 2000, height: 2000 });
    expect(await render(gif, {}, careful)).toMatchObject({ width: 32, height: 32 });
    const small = tinyFramesGif({ width: 20, height: 20, frames: 500 });
    const webp = await sharp(small, { animated: true }).webp({ effort: 0 }).toBuffer();
    expect(await codeOf(render(webp, {}, careful))).toBe('a picture');
    careful.close();
  });

  test('what needs too much memory or time is stopped, and the next picture comes as if nothing were', async () => {
    const bomb = blackPng({ width: 9000, height: 9000, interlaced: true });
    const tight = createImageProcessor({
      maxPixels: 2e8,
      maxSeconds: 20,
      maxMemoryMb: 120,
      processes: 1,
    });
    const costly = { code: 'image_too_costly', status: 422 };
    await expect(render(bomb, {}, tight)).rejects.toMatchObject({
      ...costly,
      message: expect.stringContaining('120 MiB'),
    });
    tight.close();
    const hasty = createImageProcessor({ ...LIMITS, maxSeconds: 2, processes: 1 });
    const noise = sharp({
      create: {
        width: 2500,
        height: 2500,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    }).jpeg();
    const slow = render(noise, { width: 4096, height: 4096, format: 'avif' }, hasty);
    await expect(slow).rejects.toMatchObject({
      ...costly,
      message: expect.stringContaining('2 seconds'),
    });
    expect(await codeOf(render(plain(60, 40).jpeg(), {}, hasty))).toBe('a picture');
    hasty.close();
  });

  test.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['an SVG behind a declaration', '<?xml version="1.0"?><svg width="9" height="9"/>'],
    ['a PDF', '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj'],
    ['PostScript', '%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (r) file'],
    ['a script of ImageMagick', 'push graphic-context\nimage over 0,0 0,0 "https://127.0.0.1/x"'],
    ['a pixmap', 'P6\n1 1\n255\nabc'],
    ['a picture of light', '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\nabcd'],
    ['a page', '<!doctype html><img src=x onerror=alert(1)>'],
    ['text', 'GIF'],
    ['nothing', ''],
  ])('%s reaches no decoder', async (_, content) => {
    expect(await codeOf(render(Buffer.from(content)))).toBe('image_unsupported');
  });

  test('a picture that ends too early is damaged', async () => {
    const whole = await plain(600, 400).jpeg().toBuffer();
    expect(await codeOf(render(whole.subarray(0, whole.length / 2)))).toBe('image_damaged');
  });

  test('a file that is not there is our mistake, not the picture’s', async () => {
    const [input, output] = [join(folder, 'none'), join(folder, 'none.out')];
    expect(await codeOf(processor.render({ ...RENDITION, input, output }))).toContain('Error');
  });

  test(`of ${MUTANTS} broken pictures each has its answer`, { timeout: 600_000 }, async () => {
    const random = seededRandom(20_261_122);
    const formats = await Promise.all(Object.values(SOURCES).map((make) => make().toBuffer()));
    const mutants = Array.from({ length: MUTANTS }, (_, index) =>
      mutate(formats[index % formats.length] ?? Buffer.alloc(0), random),
    );
    const answers: Record<string, number> = {};
    for (let index = 0; index < mutants.length; index += 50) {
      const batch = mutants.slice(index, index + 50);
      for (const code of await Promise.all(batch.map((mutant) => codeOf(render(mutant))))) {
        answers[code] = (answers[code] ?? 0) + 1;
      }
    }
    const known = [
      'a picture',
      'image_damaged',
      'image_unsupported',
      'image_too_large',
      'image_too_costly',
    ];
    expect(Object.keys(answers).filter((code) => !known.includes(code))).toEqual([]);
    expect(answers['a picture']).toBeGreaterThan(0);
    expect(answers['image_damaged']).toBeGreaterThan(MUTANTS / 10);
    expect(await codeOf(render(plain(60, 40).jpeg()))).toBe('a picture');
  });
});
