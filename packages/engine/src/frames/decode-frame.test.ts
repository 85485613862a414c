import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../options/resolve-options.ts';
import type { InputFrame } from '../steps/step.ts';
import { profiledJpeg, profiledTiff, quadrantsHeic } from '../testing/pictures.ts';
import { builtInProfile } from './built-in-profile.ts';
import { decodeFrame } from './decode-frame.ts';
import { ADOBE_RGB, makeProfile } from './matrix-profile.ts';
import { readFrameInfo } from './read-frame-info.ts';
import { type FrameHeader, readHeader, shareGamut } from './read-header.ts';

const { limits } = resolveOptions();
const [WIDTH, HEIGHT] = [40, 24];
const RAW = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
const COLOR = [200, 100, 50] as const;

function flat(): Sharp {
  const codes = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < codes.length; i++) codes[i] = COLOR[i % 3] ?? 0;
  return sharp(codes, { raw: RAW });
}

function flat16(): Sharp {
  const codes = new Uint16Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < codes.length; i++) codes[i] = (COLOR[i % 3] ?? 0) * 257 + 7;
  return sharp(codes, { raw: RAW }).toColourspace('rgb16');
}

async function headerOf({ name, bytes }: InputFrame): Promise<FrameHeader> {
  return await readHeader(bytes, name, limits);
}

/** Codes of the pixel in the middle, as values of 8 bits. */
async function middle(frame: InputFrame, header?: FrameHeader): Promise<number[]> {
  const used = header ?? (await headerOf(frame));
  const codes = await decodeFrame(frame.bytes, frame.name, used);
  expect(codes.length).toBe(used.width * used.height * 3);
  const at = (Math.floor(used.height / 2) * used.width + Math.floor(used.width / 2)) * 3;
  const scale = codes instanceof Uint16Array ? 257 : 1;
  return Array.from(codes.subarray(at, at + 3), (code) => code / scale);
}

function expectNear(came: readonly number[], expected: readonly number[], tolerance: number): void {
  for (const [index, value] of expected.entries())
    expect(
      Math.abs((came[index] ?? Number.NaN) - value),
      `${came} is not ${expected}`,
    ).toBeLessThanOrEqual(tolerance);
}

/** ROMM RGB, ISO 22028-2. */
const PRO_PHOTO = {
  primaries: [
    [0.79767, 0.28804, 0],
    [0.13519, 0.71188, 0],
    [0.03134, 0.00009, 0.82491],
  ],
  gamma: 1.8,
} as const;

describe('the kinds of pictures that arrive', () => {
  const half = { r: 227.5, g: 177.5, b: 152.5 };
  it.each([
    ['PNG', () => flat().png(), COLOR, 0],
    ['PNG of 16 bits', () => flat16().png(), COLOR.map((code) => code + 7 / 257), 0.01],
    ['PNG with a palette', () => flat().png({ palette: true }), COLOR, 1],
    ['PNG of one colour', () => flat().png({ palette: true, colours: 2 }), COLOR, 1],
    ['grey PNG', () => flat().greyscale().png(), [128, 128, 128], 1],
    ['grey JPEG', () => flat().greyscale().jpeg(), [128, 128, 128], 1],
    ['half transparent PNG', () => flat().ensureAlpha(0.5).png(), Object.values(half), 1],
    ['wholly transparent PNG', () => flat().ensureAlpha(0).png(), [255, 255, 255], 0],
    [
      'half transparent PNG of 16 bits',
      () => flat16().ensureAlpha(0.5).png(),
      Object.values(half),
      1,
    ],
    [
      'half transparent WebP',
      () => flat().ensureAlpha(0.5).webp({ lossless: true }),
      Object.values(half),
      1,
    ],
    ['lossless WebP', () => flat().webp({ lossless: true }), COLOR, 0],
    ['TIFF', () => flat().tiff(), COLOR, 0],
    ['TIFF of 16 bits', () => flat16().tiff({ compression: 'deflate' }), COLOR, 0.1],
    ['Lab TIFF', () => flat().toColourspace('lab').tiff(), COLOR, 1],
    ['AVIF', () => flat().avif({ lossless: true }), COLOR, 1],
    ['progressive JPEG', () => flat().jpeg({ quality: 100, progressive: true }), COLOR, 2],
    ['JPEG of inks', () => flat().toColourspace('cmyk').jpeg({ quality: 100 }), COLOR, 40],
    [
      'JPEG of inks with a profile',
      () => flat().withIccProfile('cmyk').jpeg({ quality: 100 }),
      COLOR,
      30,
    ],
  ])('%s', async (name, make, expected, tolerance) => {
    expectNear(await middle({ name, bytes: await make().toBuffer() }), expected, tolerance);
  });

  it('keeps 16 bits where there are any, and only there', async () => {
    const deep = { name: 'deep.png', bytes: await flat16().png().toBuffer() };
    expect(await decodeFrame(deep.bytes, deep.name, await headerOf(deep))).toBeInstanceOf(
      Uint16Array,
    );
    const plain = { name: 'plain.png', bytes: await flat().png().toBuffer() };
    expect(await decodeFrame(plain.bytes, plain.name, await headerOf(plain))).toBeInstanceOf(
      Uint8Array,
    );
  });

  it('goes by the content, not by the name', async () => {
    const frame = { name: 'really.jpg', bytes: await flat().webp({ lossless: true }).toBuffer() };
    expect((await headerOf(frame)).format).toBe('webp');
    expectNear(await middle(frame), COLOR, 0);
  });
});

describe('colour', () => {
  const adobe = makeProfile(ADOBE_RGB);
  const proPhoto = makeProfile(PRO_PHOTO);

  // By hand: codes to linear light, times the primaries, times the inverse of Display P3's, sRGB curve.
  it.each([
    ['Adobe RGB', adobe, [200, 100, 50], [211.5, 107.64, 59.05]],
    ['Adobe RGB', adobe, [90, 180, 100], [60.97, 178.5, 103.1]],
    ['Adobe RGB', adobe, [128, 128, 128], [129.03, 129.03, 129.03]],
    ['ProPhoto', proPhoto, [120, 110, 90], [148.41, 127.84, 108.12]],
    ['ProPhoto', proPhoto, [255, 255, 255], [255, 255, 255]],
  ] as const)(
    'of %s becomes Display P3 and is not clipped to sRGB',
    async (_name, icc, codes, expected) => {
      const tiff = profiledTiff(codes, icc);
      const header = await headerOf(tiff);
      expect(header).toMatchObject({ color: 'other', working: 'p3', profileIgnored: false });
      expectNear(await middle(tiff), expected, 0.6);
      // JPEG may be a code off, which is four at the edge of the space.
      expectNear(await middle(await profiledJpeg(codes, icc)), expected, 4.5);
    },
  );

  it('of Adobe RGB is known by what the camera says, too', async () => {
    const wide = { IFD2: { ColorSpace: '65535' }, IFD4: { InteroperabilityIndex: 'R03' } };
    const basic = { IFD2: {}, IFD4: { InteroperabilityIndex: 'R98' } };
    const plain = await flat().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer();
    const bytes = await sharp(plain)
      .withExif(wide)
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const frame = { name: '_MG_0001.JPG', bytes };
    expect(await headerOf(frame)).toMatchObject({ color: 'other', working: 'p3' });
    expectNear(await middle(frame), [211.5, 107.64, 59.05], 3);
    const common = await sharp(plain).withExif(basic).jpeg().toBuffer();
    expect(await headerOf({ name: 'IMG_0001.JPG', bytes: common })).toMatchObject({
      color: 'srgb',
    });
  });

  it('of Display P3 stays as it is, in 8 bits', async () => {
    const frame = await profiledJpeg(COLOR, await builtInProfile('p3'));
    const header = await headerOf(frame);
    expect(header).toMatchObject({ color: 'p3', working: 'p3', bitsPerChannel: 8 });
    expect(await decodeFrame(frame.bytes, frame.name, header)).toBeInstanceOf(Uint8Array);
    expectNear(await middle(frame), COLOR, 1);
  });

  it('of sRGB stays as it is, with a profile and without, in 8 and 16 bits', async () => {
    const icc = await builtInProfile('srgb');
    for (const frame of [await profiledJpeg(COLOR, icc), profiledTiff(COLOR, icc)]) {
      expect(await headerOf(frame)).toMatchObject({ color: 'srgb', working: 'srgb' });
      expectNear(await middle(frame), COLOR, 1);
    }
  });

  it('is made the same for a bracket of sRGB and wide exposures', async () => {
    const plain = { name: 'plain.png', bytes: await flat().png().toBuffer() };
    const deep = { name: 'deep.png', bytes: await flat16().png().toBuffer() };
    const wide = profiledTiff(COLOR, adobe);
    const headers = await Promise.all([plain, deep, wide].map(headerOf));
    expect(shareGamut(headers.slice(0, 2)).map((header) => header.working)).toEqual([
      'srgb',
      'srgb',
    ]);
    const [first, second, third] = shareGamut(headers);
    expect([first?.working, second?.working, third?.working]).toEqual(['p3', 'p3', 'p3']);
    // By hand, as above, from sRGB.
    expectNear(await middle(plain, first), [187.13, 105.38, 62], 0.7);
    expectNear(await middle(deep, second), [187.13, 105.38, 62], 0.7);
  });

  it.each([
    ['text', new TextEncoder().encode('no profile at all, '.repeat(30))],
    ['half a profile', adobe.subarray(0, 200)],
    ['a profile of inks', makeProfile({ ...ADOBE_RGB, space: 'CMYK' })],
    [
      'a profile without colour',
      makeProfile({
        primaries: [
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ],
        gamma: 2.2,
      }),
    ],
  ])('is read as sRGB where the profile is %s', async (_name, icc) => {
    for (const frame of [await profiledJpeg(COLOR, icc), profiledTiff(COLOR, icc)]) {
      expect(await headerOf(frame)).toMatchObject({
        color: 'srgb',
        working: 'srgb',
        profileIgnored: true,
        icc: null,
      });
      expectNear(await middle(frame), COLOR, 1);
    }
  });
});

describe('HEIC', () => {
  it('is decoded upright, in the space of its profile, with its EXIF', async () => {
    const frame = await quadrantsHeic();
    const header = await headerOf(frame);
    expect(header).toMatchObject({
      format: 'heic',
      width: 48,
      height: 64,
      orientation: 1,
      color: 'p3',
      bitsPerChannel: 8,
    });
    const codes = await decodeFrame(frame.bytes, frame.name, header);
    const at = (x: number, y: number): number[] => [
      ...codes.subarray((y * 48 + x) * 3, (y * 48 + x) * 3 + 3),
    ];
    expectNear(at(12, 16), [50, 80, 190], 6);
    expectNear(at(36, 16), [200, 60, 40], 6);
    expectNear(at(12, 48), [128, 128, 128], 6);
    expectNear(at(36, 48), [40, 160, 70], 6);
    const info = await readFrameInfo(frame.bytes, frame.name);
    expect(info).toMatchObject({ camera: 'Apple iPhone Test', exposureTime: 1 / 60, iso: 100 });
    expect(info.takenAt).toBe('2026-05-01T10:00:00.000Z');
  });
});
