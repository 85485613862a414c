import sharp from 'sharp';
import { expect, test } from 'vitest';
import { resolveOptions } from '../options/resolve-options.ts';
import { makeCopies } from './make-copies.ts';
import { letterWords } from './stroke-font.ts';

const XMP =
  '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>';

async function wall(width = 1800, height = 1200): Promise<Uint8Array> {
  const create = { width, height, channels: 3, background: '#d8d4cc' } as const;
  return sharp({ create })
    .withExif({
      IFD0: { Artist: 'Ann' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 56/1 0/1' },
    })
    .withXmp(XMP)
    .jpeg({ quality: 95 })
    .toBuffer();
}

const order = async (watermark: string | null, bytes?: Uint8Array) => {
  const previews = [
    { name: 'mls', delivery: 'mls' },
    { name: 'square', delivery: 'social-square' },
    { name: 'view', maxWidth: 900 },
  ] as const;
  return {
    name: 'a.jpg',
    bytes: bytes ?? (await wall()),
    options: resolveOptions({ previews }),
    watermark,
  };
};

test('copies have the sizes of their deliveries, the credit, and not the place', async () => {
  const copies = await makeCopies(await order(null));
  expect(copies.map(({ name, width, height }) => [name, width, height])).toEqual([
    ['mls', 1800, 1200],
    ['square', 1080, 1080],
    ['view', 900, 600],
  ]);
  for (const { bytes } of copies) {
    const { xmp, exif } = await sharp(bytes).metadata();
    expect(xmp?.toString()).toContain('adobe:ns:meta');
    expect(exif?.includes('Ann')).toBe(true);
    expect((await sharp(bytes).stats()).channels.map(({ stdev }) => Math.round(stdev))).toEqual([
      0, 0, 0,
    ]);
  }
});

test('a watermark lies over every part of every copy', async () => {
  const small = await wall(900, 600);
  for (const words of ['Studio Ångström & Sons', '東京', 'Al']) {
    for (const { bytes, width, height } of await makeCopies(await order(words, small))) {
      const [across, down] = [Math.floor(width / 3), Math.floor(height / 3)];
      for (const left of [0, across, width - across]) {
        for (const top of [0, down, height - down]) {
          const part = { left, top, width: across, height: down };
          const { channels } = await sharp(await sharp(bytes).extract(part).toBuffer()).stats();
          expect(channels[1]?.stdev, `${words} at ${left}, ${top} of ${width}`).toBeGreaterThan(4);
        }
      }
    }
  }
});

test('letters without a font: accents go, what is unknown is a gap', () => {
  expect(letterWords('Ann É.').width).toBe(34);
  expect(letterWords('é').path).toBe(letterWords('E').path);
  expect(letterWords('東京')).toEqual({ path: '', width: 0 });
  expect(letterWords('<"&').path).toMatch(/^[ML0-9. -]+$/);
});

test('what is no photo is refused in words', async () => {
  await expect(makeCopies(await order(null, Buffer.from('no')))).rejects.toThrow('"a.jpg"');
});
