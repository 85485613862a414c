import exifr from 'exifr';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EncodedImage } from '../encoded-image.ts';
import { exifStructure } from '../frames/read-exif.ts';
import { readHeader } from '../frames/read-header.ts';
import type { OutputOptions } from '../options/options.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { digitalSourceType, disclosure, type EditRecord } from './edit-record.ts';
import { encodeOutputs } from './encode-outputs.ts';

const RECORD: EditRecord = {
  software: 'Engine 1.2.3',
  exposures: 3,
  steps: ['align', 'merge', 'tone'],
};

const PICTURE = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 3).fill(120) };

/** A camera's JPEG with everything that could be told. */
async function cameraExif(): Promise<Uint8Array> {
  const image = sharp(PICTURE.data, { raw: { width: 64, height: 48, channels: 3 } }).withExif({
    IFD0: {
      Make: 'Canon',
      Model: 'Canon EOS R5',
      Artist: 'A. Photographer',
      Copyright: '2026 A. Photographer',
    },
    IFD2: {
      DateTimeOriginal: '2026:05:01 10:20:30',
      OffsetTimeOriginal: '+02:00',
      ExposureTime: '1/60',
      FNumber: '80/10',
      ISOSpeedRatings: '200',
      FocalLength: '160/10',
      LensModel: 'RF 15-35mm',
    },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '51/1 30/1 15/2',
      GPSLongitudeRef: 'W',
      GPSLongitude: '0/1 7/1 30/1',
    },
  });
  const bytes = await image.jpeg().toBuffer();
  const { exif } = await readHeader(bytes, 'a.jpg', resolveOptions().limits);
  return exif ?? new Uint8Array(0);
}

let exif: Uint8Array;
beforeAll(async () => {
  exif = await cameraExif();
});

async function outputs(
  output: OutputOptions,
  from: Uint8Array | null = exif,
): Promise<EncodedImage[]> {
  const options = resolveOptions({
    output,
    previews: [
      { name: 'preview', maxWidth: 32 },
      { name: 'mls', delivery: 'mls', format: output.format ?? 'jpeg', maxBytes: null },
    ],
  });
  return await encodeOutputs(PICTURE, {
    options,
    record: RECORD,
    exif: from,
    sharpening: null,
    pulse: async () => undefined,
  });
}

type Tags = Record<string, unknown>;

/** Everything in a file, by another reader than the one that wrote it. */
async function tagsOf(image: EncodedImage | undefined): Promise<Tags> {
  const { exif: block, xmp } = await sharp(image?.bytes ?? new Uint8Array(0)).metadata();
  const inExif: Tags =
    block === undefined
      ? {}
      : await exifr.parse(exifStructure(block), {
          tiff: true,
          exif: true,
          gps: true,
          reviveValues: false,
        });
  if (xmp === undefined) return inExif;
  // exifr takes XMP out of a JPEG only.
  const jpeg = await sharp(PICTURE.data, { raw: { width: 64, height: 48, channels: 3 } })
    .withXmp(xmp.toString())
    .jpeg()
    .toBuffer();
  return { ...inExif, ...(await exifr.parse(jpeg, { tiff: false, xmp: true, mergeOutput: true })) };
}

describe('what a file tells', () => {
  it('by default: whose it is and how it was made, not where, when and with what', async () => {
    const [image, preview, mls] = await outputs({});
    for (const file of [image, mls]) {
      const tags = await tagsOf(file);
      expect(tags).toMatchObject({
        Artist: 'A. Photographer',
        Copyright: '2026 A. Photographer',
        Software: 'Engine 1.2.3',
        CreatorTool: 'Engine 1.2.3',
        ColorSpace: 1,
        DigitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/computationalCapture',
        creator: 'A. Photographer',
        rights: { lang: 'x-default', value: '2026 A. Photographer' },
        History: {
          action: 'edited',
          softwareAgent: 'Engine 1.2.3',
          parameters:
            'Merged from 3 exposures of one view. Steps: align, merge, tone. Nothing was added to the scene.',
        },
      });
      for (const key of [
        'Make',
        'Model',
        'LensModel',
        'DateTimeOriginal',
        'DateCreated',
        'GPSLatitude',
        'latitude',
      ])
        expect(tags[key], key).toBeUndefined();
    }
    const { exif: none, xmp, icc } = await sharp(preview?.bytes).metadata();
    expect([none, xmp]).toEqual([undefined, undefined]);
    expect(icc).toBeDefined();
  });

  it('nothing, when that is the policy', async () => {
    const [image] = await outputs({ metadata: 'none', location: true, captureDate: true });
    const { exif: none, xmp, icc } = await sharp(image?.bytes).metadata();
    expect([none, xmp]).toEqual([undefined, undefined]);
    expect(icc).toBeDefined();
  });

  it('the camera and the exposure, when that is the policy', async () => {
    const [image] = await outputs({ metadata: 'camera' });
    const tags = await tagsOf(image);
    expect(tags).toMatchObject({ Make: 'Canon', Model: 'Canon EOS R5', LensModel: 'RF 15-35mm' });
    expect(tags).toMatchObject({ FNumber: 8, ISO: 200, FocalLength: 16 });
    expect(tags['ExposureTime']).toBeCloseTo(1 / 60, 6);
    expect(tags['GPSLatitude']).toBeUndefined();
  });

  it.each(['jpeg', 'png', 'webp'] as const)(
    'day and place when asked for, in a %s',
    async (format) => {
      const [image] = await outputs({ format, captureDate: true, location: true });
      expect(await tagsOf(image)).toMatchObject({
        DateTimeOriginal: '2026:05:01 10:20:30',
        OffsetTimeOriginal: '+02:00',
        GPSLatitude: [51, 30, 7.5],
        GPSLatitudeRef: 'N',
        GPSLongitude: [0, 7, 30],
        GPSLongitudeRef: 'W',
      });
    },
  );

  it('the words that are given, in any language, before those of the camera', async () => {
    const texts = {
      title: 'Küche & <Essen>',
      altText: '明るい台所',
      artist: 'Zoë "Z" Müller',
      copyright: '© 2026 Zoë\u0000',
    };
    const [image] = await outputs({ texts });
    expect(await tagsOf(image)).toMatchObject({
      title: { value: 'Küche &amp; &lt;Essen&gt;' },
      AltTextAccessibility: { value: '明るい台所' },
      creator: 'Zoë "Z" Müller',
      rights: { value: '© 2026 Zoë' },
    });
    const xmp = (await sharp(image?.bytes).metadata()).xmp?.toString() ?? '';
    expect(xmp).toContain('<rdf:li xml:lang="x-default">Küche &amp; &lt;Essen&gt;</rdf:li>');
  });

  it('what it can when the exposure tells nothing, or nonsense', async () => {
    for (const from of [
      null,
      new Uint8Array(0),
      new Uint8Array(300).fill(7),
      exif.subarray(0, 60),
    ]) {
      const [image] = await outputs(
        { metadata: 'camera', captureDate: true, location: true },
        from,
      );
      const tags = await tagsOf(image);
      expect(tags['Software']).toBe('Engine 1.2.3');
      expect(tags['Artist']).toBeUndefined();
    }
  });

  it('the same in the same bytes', async () => {
    const [first, second] = [
      await outputs({ captureDate: true }),
      await outputs({ captureDate: true }),
    ];
    expect(first.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual(
      second.map(({ bytes }) => Buffer.from(bytes).toString('base64')),
    );
  });
});

describe('the record of edits', () => {
  it.each([
    [3, ['merge'], 'computationalCapture'],
    [1, ['tone'], 'algorithmicallyEnhanced'],
    [3, ['merge', 'privacy'], 'algorithmicallyEnhanced'],
    [3, ['merge', 'dusk'], 'algorithmicallyEnhanced'],
    [3, ['merge', 'sky'], 'compositeCapture'],
    [3, ['merge', 'sky', 'privacy'], 'compositeCapture'],
  ])('of %i exposures and %j is %s', (exposures, steps, expected) => {
    const record = { software: 'x', exposures, steps };
    expect(digitalSourceType(record)).toBe(
      `http://cv.iptc.org/newscodes/digitalsourcetype/${expected}`,
    );
  });

  it('says what a buyer of the house should know', () => {
    expect(disclosure({ software: 'x', exposures: 1, steps: [] })).toBe(
      'Made from one exposure. Nothing was added to the scene.',
    );
    expect(disclosure({ software: 'x', exposures: 2, steps: ['merge', 'sky'] })).toBe(
      'Merged from 2 exposures of one view. Steps: merge, sky. The sky was replaced.',
    );
    expect(disclosure({ software: 'x', exposures: 1, steps: ['privacy'] })).toBe(
      'Made from one exposure. Steps: privacy. Faces or marked areas were blurred. Nothing was added to the scene.',
    );
    expect(disclosure({ software: 'x', exposures: 1, steps: ['dusk'] })).toBe(
      'Made from one exposure. Steps: dusk. The light of the day was changed to that of dusk. Nothing was added to the scene.',
    );
  });
});
